"""The pages on which two people weigh: a document with its form, and the second look."""

import pytest

from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.dossiers.casework import handle
from tests.on_a_page import in_one_line
from tests.privacy_requests.privacy_desk import OTHER, STORY
from vertrouwd.audit.models import Line
from vertrouwd.privacy_requests.models import Weighing
from vertrouwd.privacy_requests.reading import state_of


def test_a_document_is_opened_through_the_door_of_its_dossier(pages):
    request = pages.asked()
    document = next(each for each in state_of(request).documents if each.name == "narrative")
    before = Line.objects.count()
    assert STORY in pages.get(request, f"/wegen?stuk={document.key}")
    lines = list(Line.objects.order_by("pk")[before:].values_list("action", "kind", "object"))
    assert ("look", "dossier", document.dossier.reference) in lines
    assert ("open_texts", "dossier", document.dossier.reference) in lines


@pytest.mark.parametrize("key", ["", "M-9999999.narrative", "Jan", "D-0000001.note-1 OR 1"])
def test_a_document_that_is_not_of_the_request_is_not_opened(pages, key):
    other = pages.told()
    request = pages.asked()
    theirs = f"{other.reports.get().reference}.narrative"
    for stuk in (key, theirs):
        response = pages.first.get(f"/verzoeken/{request.reference}/wegen", {"stuk": stuk})
        assert response.status_code == 302


def test_an_attachment_is_named_as_its_reporter_called_it_and_opened_on_its_own_page(pages):
    request = pages.asked()
    report = state_of(request).dossiers[0].reports.get()
    send(report, b"een tekst", name="eerste.txt")
    file = send(report, photo(), name="tweede.jpg")
    shown = pages.get(request, f"/wegen?stuk={report.reference}.attachment-1")
    assert "tweede.jpg" in shown and "eerste.txt" not in shown
    assert f'href="/bestanden/{file.reference}"' in shown
    assert "sha256" not in shown


def test_every_kind_of_document_can_be_read(pages):
    from tests.duties.fact_sheets import TEACHER_AND_PUPIL_OF_9
    from vertrouwd.advice.actions import advise
    from vertrouwd.duties.actions import assess_dossier

    dossier = pages.told()
    advise(
        dossier.reports.get(), options=["gesprek op school"], words="Eerst praten.",
        by=pages.inspector, opened=pages.opened,
    )  # fmt: skip
    assess_dossier(dossier, facts=TEACHER_AND_PUPIL_OF_9, by=pages.inspector)
    request = pages.asked(dossier)
    names = {each.name.partition("-")[0] for each in state_of(request).documents}
    assert names == {"narrative", "person", "coded", "note", "advice", "advised", "duties"}
    for document in state_of(request).documents:
        page = in_one_line(pages.get(request, f"/wegen?stuk={document.key}"))
        assert "Hier staat niets." not in page, document.key
        assert "vernietigd" not in page, document.key


def test_who_weighs_after_a_colleague_keeps_the_own_words_and_sees_theirs(pages):
    request = pages.asked()
    third = pages.colleague()
    pages.team.add(third)
    handle(state_of(request).dossiers[0], third)
    document = state_of(request).documents[0]
    pages.refuse(request, document.key, by=third, why="Van een ander.")
    form = {"outcome": "weigeren", "ground": OTHER, "why": "Mijn reden.", "seen": 0}
    page = pages.post(
        request, f"/wegen?stuk={document.key}", status=409, version=document.version, **form
    )
    assert "Van een ander." in page and "Mijn reden." in page
    assert Weighing.objects.count() == 1
    seen = Weighing.objects.get().pk
    pages.post(
        request, f"/wegen?stuk={document.key}", version=document.version, **form | {"seen": seen}
    )
    assert Weighing.objects.count() == 2


# The second look


def test_the_second_person_sees_what_is_new_since_the_last_time(pages):
    request = pages.asked()
    pages.weigh_all(request)
    pages.give_back(request, "Kijk naar het verhaal.")
    assert "Kijk naar het verhaal." in pages.get(request)
    key = state_of(request).documents[0].key
    pages.refuse(request, key)
    page = pages.get(request, "/nakijken", by=pages.other)
    assert page.count("nieuw sinds de vorige keer") == 1


def test_who_agrees_with_something_older_is_shown_what_changed(pages):
    request = pages.asked()
    seen = pages.weigh_all(request).contents
    pages.refuse(request, state_of(request).documents[0].key)
    form = {"verdict": "akkoord", "seen": seen}
    page = pages.post(request, "/nakijken", by=pages.other, status=409, **form)
    assert "Uw oordeel is nog niet bewaard." in page
    fresh = page.partition('name="seen" value="')[2].partition('"')[0]
    pages.post(request, "/nakijken", by=pages.other, verdict="akkoord", seen=fresh)


def test_who_looks_after_it_reads_a_document_and_gets_no_form_to_weigh(pages):
    request = pages.asked()
    pages.weigh_all(request)
    pages.give_back(request)
    key = state_of(request).documents[0].key
    page = pages.get(request, f"/wegen?stuk={key}", by=pages.other)
    assert "Wegen doet een collega." in page and 'name="outcome"' not in page
