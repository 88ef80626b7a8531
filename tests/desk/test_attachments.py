"""An inspector opens what a reporter sent: the clean copy, its state in words, and the original
only as evidence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.attachments.made_files import (
    EICAR,
    acting_pdf,
    image_bomb,
    locked_pdf,
    photo,
    word,
)
from tests.attachments.scanner import Scanner
from tests.attachments.sent_files import send
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.storing import destroy_files
from vertrouwd.attachments.terms import Cleaning
from vertrouwd.audit.models import Line

NAME = "Jan's <b>foto</b>.jpg"


@pytest.fixture
def came(desk):
    """`came(content)`: a file in a dossier of the inspector."""
    return lambda content, **more: send(desk.dossier().reports.get(), content, **more)


def page(desk, file: Attachment, more: str = "", status: int = 200) -> str:
    response = desk.client.get(f"/bestanden/{file.reference}{more}")
    assert response.status_code == status, response.status_code
    return response.content.decode()


def opened(desk, file: Attachment) -> str:
    """Press the button, and what the page says then."""
    response = desk.client.post(f"/bestanden/{file.reference}/openen")
    assert response["Location"] == f"/bestanden/{file.reference}"
    return page(desk, file)


def test_the_dossier_shows_the_files_of_each_report(desk):
    dossier = desk.dossier()
    assert "Er zijn geen bestanden." in desk.page(dossier)
    file = send(dossier.reports.get(), photo(), name=NAME)
    shown = desk.page(dossier)
    assert f'href="/bestanden/{file.reference}"' in shown
    assert "Jan&#x27;s &lt;b&gt;foto&lt;/b&gt;.jpg" in shown
    assert "nog niet bekeken" in shown


def test_more_files_ask_no_more_of_the_database(desk):
    dossier = desk.dossier()
    report = dossier.reports.get()
    asked = []
    for number in (1, 4):
        for _ in range(number):
            send(report, b"een tekst")
        desk.page(dossier)
        with CaptureQueriesContext(connection) as queries:
            desk.page(dossier)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_file_nobody_opened_says_so_and_is_opened_by_pressing_a_button(desk, came):
    file = came(photo(), name=NAME)
    shown = page(desk, file)
    assert "Dit bestand is nog niet bekeken." in shown
    assert "<img" not in shown
    shown = opened(desk, file)
    assert f'<img src="/bestanden/{file.reference}/beeld?blad=1"' in shown
    assert "plaats van de foto" in shown
    assert shown.count("<code>") == 2  # both hashes


def test_looking_at_the_page_changes_nothing(desk, came):
    file = came(photo())
    page(desk, file)
    file.refresh_from_db()
    assert file.cleaning == Cleaning.WAITING


def test_the_picture_is_the_copy_and_can_do_nothing(desk, came):
    file = came(photo())
    page(desk, file, "/beeld", status=404)
    opened(desk, file)
    answer = desk.client.get(f"/bestanden/{file.reference}/beeld")
    assert answer["Content-Type"] == "image/jpeg"
    assert b"Exif" not in answer.content
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "inline"
    assert answer["Cache-Control"] == "no-store"


def test_a_pdf_is_looked_at_page_by_page(desk, came):
    file = came(acting_pdf())
    shown = opened(desk, file)
    assert "Blad 1 van 2" in shown
    assert 'href="?blad=2#kopie"' in shown
    shown = page(desk, file, "?blad=2")
    assert "Blad 2 van 2" in shown
    assert "beeld?blad=2" in shown
    assert desk.client.get(f"/bestanden/{file.reference}/beeld?blad=2").content[:4] == b"\x89PNG"
    page(desk, file, "/beeld?blad=3", status=404)
    assert "Blad 1 van 2" in page(desk, file, "?blad=x")


def test_the_words_of_a_page_are_read_when_asked(desk, came):
    file = came(acting_pdf())
    assert "Lees de tekst van dit blad" in opened(desk, file)
    shown = page(desk, file, "?blad=2&tekst")
    assert '<p dir="auto">Blad 2</p>' in shown
    assert "<img" in shown


def test_of_an_office_file_the_words_are_shown_as_words(desk, came):
    file = came(word(), name="brief.docx")
    shown = opened(desk, file)
    assert "Hij dreigde in de gang &amp; op het plein." in shown
    assert "<img" not in shown
    page(desk, file, "/beeld", status=404)


def test_a_text_that_is_a_page_is_shown_as_words(desk, came):
    shown = opened(desk, came(b"<script>alert(1)</script> hallo", name="a.html"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; hallo" in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ID3" + bytes(900), "geen schone kopie maken"),
        (locked_pdf(), "achter een wachtwoord"),
        (image_bomb(), "te groot"),
        (photo()[:200], "beschadigd"),
    ],
    ids=["sound", "locked", "bomb", "cut off"],
)
def test_what_cannot_be_shown_says_why_and_what_one_can_do(desk, came, content, words):
    shown = opened(desk, came(content))
    assert words in shown
    assert "Dit kunt u doen:" in shown
    assert ("Probeer het opnieuw" in shown) == (words == "beschadigd")
    assert "<img" not in shown


def test_a_file_in_quarantine_is_not_shown_and_its_original_asks_one_to_know(
    desk, came, settings, tmp_path
):
    file = came(photo() + EICAR)
    with Scanner(tmp_path) as scanner:
        settings.VERTROUWD_CLAMD = scanner.address
        shown = opened(desk, file)
    assert "In quarantaine" in shown
    assert "<img" not in shown
    for more in ("/beeld", "/kopie"):
        page(desk, file, more, status=404)
    assert "in quarantaine" in desk.page(file.report.dossier)
    address = f"/bestanden/{file.reference}/origineel"
    refused = desk.client.post(address, {"reason": "voor politie of justitie"})
    assert refused.status_code == 400
    assert "Bevestig dat u weet" in refused.content.decode()
    assert not Line.objects.filter(action="save_original").exists()
    form = {"reason": "voor politie of justitie", "knows": "on"}
    answer = desk.client.post(address, form)
    assert b"".join(answer.streaming_content) == photo() + EICAR


def test_the_original_is_saved_as_bytes_for_a_reason(desk, came):
    file = came(photo())
    address = f"/bestanden/{file.reference}/origineel"
    refused = desk.client.post(address, {})
    assert refused.status_code == 400
    assert "Kies waarom" in refused.content.decode()
    answer = desk.client.post(address, {"reason": "voor politie of justitie"})
    assert b"".join(answer.streaming_content) == photo()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{file.reference}-origineel.bewijs"'
    )
    assert "sandbox" in answer["Content-Security-Policy"]
    line = Line.objects.get(action="save_original")
    assert (line.actor, line.object) == (desk.user.username, file.reference)


def test_the_clean_copy_is_saved_under_our_own_name(desk, came):
    file = came(word(), name="../../kwaad.docm")
    page(desk, file, "/kopie", status=404)
    opened(desk, file)
    answer = desk.client.get(f"/bestanden/{file.reference}/kopie")
    assert answer["Content-Disposition"] == (f'attachment; filename="{file.reference}-schoon.docx"')
    assert b"vbaProject" not in b"".join(answer.streaming_content)


def test_each_look_is_in_the_log(desk, came):
    file = came(acting_pdf())
    opened(desk, file)
    desk.client.get(f"/bestanden/{file.reference}/beeld?blad=2")
    looks = Line.objects.filter(action="look", kind="file", object=file.reference)
    assert [line.detail for line in looks.order_by("pk")] == [{}, {}, {"page": 2}]


def test_a_colleague_who_need_not_know_finds_nothing(desk, colleague, came):
    file = came(photo())
    opened(desk, file)
    for more in ("", "/beeld", "/kopie"):
        page(colleague, file, more, status=404)
    for more in ("/openen", "/origineel"):
        assert colleague.client.post(f"/bestanden/{file.reference}{more}").status_code == 404
    refused = Line.objects.filter(result="refused", kind="file", object=file.reference)
    assert refused.count() == 5


def test_who_has_locked_sees_no_name(desk, came):
    file = came(photo())
    desk.client.post("/vergrendelen")
    answer = desk.client.get(f"/bestanden/{file.reference}")
    assert answer["Location"].startswith("/ontgrendelen")


def test_a_file_goes_where_its_report_goes(desk, came):
    """Its address stays: it names no dossier."""
    file = came(photo())
    other = desk.dossier()
    file.report.dossier = other
    file.report.save()
    assert f"/dossiers/{other.reference}#bestanden" in page(desk, file)


def test_while_somebody_is_at_it_the_page_says_so(desk, came):
    file = came(photo())
    until = timezone.now() + timedelta(minutes=1)
    Attachment.objects.filter(pk=file.pk).update(busy_until=until)
    assert "Er is nu iemand mee bezig." in page(desk, file)
    assert "Er is al iemand met dit of met andere bestanden bezig." in opened(desk, file)


def test_a_file_that_was_destroyed_says_so(desk, came):
    file = came(photo())
    opened(desk, file)
    destroy_files(file.report, by=desk.user)
    shown = page(desk, file)
    assert "vernietigd of niet te openen" in shown
    assert "niet te openen" in desk.page(file.report.dossier)
    page(desk, file, "/beeld", status=404)


def test_an_original_that_is_not_whole_is_said_and_not_handed_out(desk, came):
    file = came(photo(), hashed=b"anders")
    answer = desk.client.post(
        f"/bestanden/{file.reference}/origineel", {"reason": "voor politie of justitie"}
    )
    assert "niet meer heel" in answer.content.decode()
    assert "Dit bestand is niet te openen." in opened(desk, file)
