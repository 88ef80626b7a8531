"""Whatever a hostile browser sends to the report form: 4xx, never 5xx, and nothing comes back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.intake.filling_in import GIRL, HERE, Teller
from tests.traces import traces
from vertrouwd.attachments.files import sealed_files
from vertrouwd.dossiers.models import Report
from vertrouwd.intake.carried import Carried, sealed
from vertrouwd.intake.questions import LONGEST_STORY, Step
from vertrouwd.sealing.form_state import LARGEST_TEXT

MARK = "Xk7!heel-geheim"
PARTS = "multipart/form-data; boundary=b"
UP_TO_STORY = GIRL[:11]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(home):
    """Files that come in have a place of this test alone."""


def files_left() -> int:
    """Sealed files that belong to nothing."""
    folder = sealed_files().folder
    return sum(1 for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0


def refused(answer, *, begins_anew: bool = False) -> None:
    assert 400 <= answer.status_code < 500, answer.status_code
    assert MARK not in answer.content.decode()
    if begins_anew:
        assert "egin opnieuw" in answer.content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {}, {"state": ""}, {"state": "1.AAAA"}, {"state": "\x00"}, {"state": "é" * 99},
        {"state": "1." + "A" * (LARGEST_TEXT - 2)}, {"state": ["a", "b"]}, {"naam": MARK},
        {"state[a][b][c]": MARK}, {"ga": "verstuur"}, {"state": MARK * 100},
    ],
)  # fmt: skip
def test_what_is_no_state_of_ours_begins_anew_with_a_clear_text(form):
    answer = Client(raise_request_exception=False).post(HERE, form)
    refused(answer, begins_anew=True)
    assert 'class="error-summary"' in answer.content.decode()


def test_a_state_of_which_one_sign_was_changed_is_not_ours():
    teller = Teller().tell(*GIRL[:4])
    state = teller.state
    for at in (2, len(state) // 2, len(state) - 1):
        forged = state[:at] + ("A" if state[at] != "A" else "B") + state[at + 1 :]
        refused(teller.client.post(HERE, {"state": forged, "ga": "verder"}), begins_anew=True)


def test_a_state_of_another_form_is_not_ours():
    other = Client().get("/wegwijzer").content.decode()
    state = re.search(r'name="state" value="([^"]*)"', other)[1]
    refused(Client().post(HERE, {"state": state, "ga": "verstuur"}), begins_anew=True)


def test_the_last_page_cannot_be_reached_by_asking_to_send():
    teller = Teller().tell(*UP_TO_STORY).send(ga="verstuur")
    refused(teller.answer)
    assert teller.title == "Wat is er gebeurd?"
    assert 'class="error-summary"' in teller.page
    assert '<a href="#verhaal">' in teller.page
    assert not Report.objects.exists()


@pytest.mark.parametrize("shown", [None, *Step])
def test_a_page_that_the_answers_do_not_lead_to_is_not_shown(shown, settings):
    """As one would be that an earlier version made, or was carried over a changed answer."""
    today, now = timezone.localdate(), timezone.now()
    carried = Carried(today=today, answers={"begin": "gelezen"}, shown=shown, token=b"t" * 32)
    teller = Teller()
    state = sealed(carried, key=settings.FORM_KEY, now=now)
    teller.answer = teller.client.post(HERE, {"state": state, "ga": "verstuur"})
    assert teller.title in ("Is er nu gevaar?", "Vertel ons wat er is")
    assert teller.answer.status_code == (200 if shown is Step.WELCOME else 400)


@pytest.mark.parametrize(
    "extra",
    [
        {"plek": "i1"}, {"rol": ["leerling", "ouder"]}, {"rol": MARK}, {"rol": ""},
        {"rol": "leerling\x00"}, {"rol": "leerl\u0456ng"}, {"rol": "\u202eleerling"},
        {"rol": "leerling", "is_admin": MARK}, {"rol[]": "leerling"}, {"rol": "LEERLING"},
        {"rol": "leerling", "_getoond": "afspraak"}, {"rol": "leerling", "_bewijs": "00"},
    ],
)  # fmt: skip
def test_what_does_not_belong_on_the_page_is_refused_and_the_answers_stay(extra):
    teller = Teller().tell(*GIRL[:2]).send(ga="verder", **extra)
    refused(teller.answer)
    assert teller.title == "Wie ben je?"
    assert teller.tell({"rol": "leerling"}).title == "Op wat voor school of opvang is het?"


def test_two_buttons_or_two_states_at_once_are_refused():
    teller = Teller().tell(*GIRL[:2])
    refused(teller.send(ga=["verder", "terug"], rol="leerling").answer)
    states = [Teller().state, Teller().state]
    refused(teller.client.post(HERE, {"state": states, "ga": "verder"}), begins_anew=True)


@pytest.mark.parametrize(
    "sent",
    [
        {"plek": "i-1"}, {"plek": "i1 OR 1=1"}, {"plek": "i" + "9" * 400}, {"plek": "i٣"},
        {"plek": "i0x1"}, {"ga": "zoek", "zoek": ""}, {"ga": "zoek", "zoek": MARK + "\x00"},
        {"ga": "zoek", "zoek": "a" * 5000}, {"plek": "anders", "plek_naam": "b" * 301},
    ],
)  # fmt: skip
def test_an_institution_that_cannot_be_is_refused(sent):
    refused(Teller().tell(*GIRL[:4]).send(**{"ga": "verder", **sent}).answer)


@pytest.mark.parametrize("zoek", ["%", "'; --", "😀" * 50, "\u202e" * 20, "a" * 200, "ZZ"])
def test_any_words_can_be_searched_for(zoek):
    answer = Teller().tell(*GIRL[:4]).send(ga="zoek", zoek=zoek).answer
    assert answer.status_code == 200


def test_a_page_of_another_site_cannot_send_the_form():
    teller = Teller()
    answer = teller.client.post(
        HERE, {"state": teller.state, "ga": "verder"}, headers={"sec-fetch-site": "cross-site"}
    )
    refused(answer)


def test_10_MB_in_a_text_field_is_too_much_and_is_not_shown_again():
    teller = Teller().tell(*UP_TO_STORY)
    for fields in ({"verhaal": MARK * 700_000}, {"state": MARK * 700_000}, {MARK * 700_000: "x"}):
        answer = teller.client.post(HERE, {"state": teller.state, "ga": "verder", **fields})
        refused(answer)
        assert len(answer.content) < 20_000
        assert "niets bewaard of verstuurd" in answer.content.decode()
    plain = "application/x-www-form-urlencoded"
    answer = teller.client.post(HERE, f"verhaal={'a' * 10_000_000}", content_type=plain)
    assert answer.status_code == 413


def test_a_story_that_is_too_long_stays_on_the_page_so_that_it_can_be_made_shorter():
    story = "a" * (LONGEST_STORY + 1)
    teller = Teller().tell(*UP_TO_STORY)
    for button in ("verder", "terug"):
        teller.send(ga=button, verhaal=story)
        assert teller.answer.status_code == 400
        assert "100.000" in teller.text or "te lang" in teller.text
        assert story in teller.page
    assert teller.send(ga="verder", verhaal=story[1:]).answer.status_code == 200


@pytest.mark.parametrize("n", [501, 600, 5000])
def test_hundreds_of_fields_are_refused(n):
    teller = Teller()
    fields = {f"veld{i}": MARK for i in range(n)}
    refused(teller.client.post(HERE, {"state": teller.state, "ga": "verder", **fields}))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"state": "Xk7!heel-geheim"}', "application/json"),
        (b"\xff\xfe\x00Xk7!heel-geheim", "text/plain"),
        (b"<a>Xk7!heel-geheim</a>", "application/xml"),
        (b"state=%ED%A0%80Xk7!heel-geheim", "application/x-www-form-urlencoded"),
        (b"state=%FF%FE&ga=%00", "application/x-www-form-urlencoded"),
        (b"state=Xk7!heel-geheim", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"state=Xk7!heel-geheim", "application/x-www-form-urlencoded; charset=bestaatniet"),
        (b"Xk7!heel-geheim", "multipart/form-data"),
        (b"Xk7!heel-geheim", "multipart/form-data; boundary=" + "x" * 300),
        (b"--b\r\nContent-Disposition: form-data; name=state\r\n\r\nXk7", PARTS),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nXk7!heel-geheim\r\n--b--\r\n", PARTS),
        (
            b"--b\r\nContent-Disposition: form-data; name=state\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n",
            PARTS,
        ),
        (b"--b\r\n" + b"X-A: " + b"a" * 5000 + b"\r\n\r\nx\r\n--b--\r\n", PARTS),
        (b"", ""),
    ],
)  # fmt: skip
def test_another_kind_of_body_and_a_broken_one_are_refused(body, kind):
    client = Client(raise_request_exception=False)
    refused(client.generic("POST", HERE, body, content_type=kind))


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_another_method_is_refused(method):
    refused(getattr(Client(raise_request_exception=False), method)(HERE))


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\y.exe", "\u202egpj.exe", "a" * 400])
def test_the_name_of_a_file_leads_nowhere(opened, name):
    teller = Teller().tell(*GIRL)
    file = SimpleUploadedFile("x", b"GIF89a inhoud", content_type="text/html")
    file._name = name
    teller.send(ga="verstuur", bestand=file)
    assert teller.receipt
    assert files_left() == Report.objects.get().attachments.count() == 1


def test_files_on_a_page_that_takes_none_are_refused_and_are_gone():
    teller = Teller().tell(*GIRL[:2])
    teller.send(ga="verder", rol="leerling", bestand=SimpleUploadedFile("a.txt", b"inhoud"))
    refused(teller.answer)
    assert files_left() == 0


def test_more_files_than_five_are_refused_and_the_answers_stay(opened):
    teller = Teller().tell(*GIRL)
    files = [SimpleUploadedFile(f"{n}.txt", b"inhoud") for n in range(6)]
    teller.send(ga="verstuur", bestand=files)
    refused(teller.answer)
    assert "hoogstens 5" in teller.text
    assert files_left() == 0
    assert teller.send(ga="verstuur").receipt


def test_files_that_came_with_another_button_are_gone(opened):
    teller = Teller().tell(*GIRL)
    teller.send(ga="terug", bestand=SimpleUploadedFile("a.txt", b"inhoud"))
    assert teller.title == "Namen"
    assert files_left() == 0


def test_the_same_form_with_another_file_is_another_content(opened):
    teller = Teller().tell(*GIRL)
    state = teller.state
    first = teller.client.post(HERE, {"state": state, "ga": "verstuur"})
    assert first.status_code == 200
    again = teller.client.post(
        HERE,
        {"state": state, "ga": "verstuur", "bestand": SimpleUploadedFile("a.txt", MARK.encode())},
    )
    assert again.status_code == 409
    refused(again)
    assert b'id="code"' not in again.content
    assert "meester" not in again.content.decode()
    assert (Report.objects.count(), files_left()) == (1, 0)


def test_nothing_that_was_told_is_logged(opened, monkeypatch):
    said = []
    monkeypatch.setattr(
        "vertrouwd.project.logs.say", lambda event, **values: said.append({event: values})
    )
    teller = Teller().tell(*GIRL[:4]).send(ga="zoek", zoek="De Eik Zandvoort")
    teller.tell({"plek": "geheim", "zoek": "De Eik Zandvoort"}, *GIRL[5:])
    teller.send(ga="verstuur")
    reference, code = teller.receipt
    secrets = {
        "the story": "meester", "what was searched": "Zandvoort", "reference": reference,
        "code": code, "the state": teller.state,
    }  # fmt: skip
    assert len(said) == len(GIRL) + 3
    assert {event["request"]["route"] for event in said} == {"report_form"}
    assert traces(secrets, {"the log": repr(said)}) == []
