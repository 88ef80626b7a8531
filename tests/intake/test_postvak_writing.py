"""A reporter reads and answers in the own mailbox; nothing that was written is lost on the way."""

from dataclasses import replace

import pytest

from tests.intake.at_the_mailbox import HERE, AtTheMailbox, wait
from tests.intake.reporters import answer, send
from tests.intake.tellings import TOLD
from vertrouwd.dossiers.casework_terms import MessageFrom
from vertrouwd.dossiers.models import Message
from vertrouwd.dossiers.reporter_messages import LONGEST_MESSAGE
from vertrouwd.intake.not_received import NotReceived, Reason
from vertrouwd.intake.postvak import acts
from vertrouwd.sealing.form_state import LARGEST

WORDS = "Mijn vriendin stond op de gang."


@pytest.fixture
def reporter(receipt) -> AtTheMailbox:
    """The mailbox is open."""
    return AtTheMailbox().opens(receipt)


def written() -> int:
    """How many messages the reporter sent."""
    return Message.objects.filter(sender=MessageFrom.REPORTER).count()


def test_a_reporter_reads_the_answer_of_the_inspector_and_writes_back(office, receipt) -> None:
    answer(office, "Kun je ons bellen?")
    reporter = AtTheMailbox().opens(receipt)
    assert "Een vertrouwensinspecteur kijkt naar je melding." in reporter.text
    assert "Kun je ons bellen?" in reporter.thread
    reporter.press("schrijf", bericht=WORDS)
    assert reporter.answer.redirect_chain == [(HERE, 303)]
    assert "Je bericht is verstuurd." in reporter.text
    assert WORDS in reporter.thread
    assert "Je bericht is verstuurd." not in reporter.look().text


def test_the_thread_says_the_day_and_the_part_of_it_and_not_who_or_when(office, receipt) -> None:
    message = answer(office)
    reporter = AtTheMailbox().opens(receipt)
    assert any(part in reporter.thread for part in ("nacht", "ochtend", "middag", "avond"))
    assert f"{message.at:%H:%M}" not in reporter.thread
    assert office.inspector.username not in reporter.page


def test_the_last_message_is_one_link_away_from_the_top(office, receipt) -> None:
    answer(office, "Kun je ons bellen?")
    answer(office, "Of schrijf hier terug.")
    top, _, last = AtTheMailbox().opens(receipt).page.partition('id="laatste"')
    assert '<a href="#laatste">' in top
    assert "Of schrijf hier terug." in last
    assert "Kun je ons bellen?" not in last


def test_a_message_sent_twice_from_one_page_is_one_message(reporter) -> None:
    form = {"state": reporter.state, "ga": "schrijf", "bericht": WORDS}
    assert WORDS in reporter.sends(form).thread
    assert reporter.sends(form).thread.count(WORDS) == 1
    assert written() == 1


def test_without_words_nothing_is_sent_and_the_page_says_so(reporter) -> None:
    reporter.press("schrijf", bericht="  \n ")
    assert reporter.answer.status_code == 400
    assert '<a href="#bericht">' in reporter.page
    assert 'aria-invalid="true"' in reporter.page
    assert written() == 0


def test_a_message_that_is_too_long_stays_on_the_page(reporter) -> None:
    reporter.press("schrijf", bericht="x" * (LONGEST_MESSAGE + 1))
    assert reporter.answer.status_code == 400
    assert "Dit bericht is te lang." in reporter.text
    assert "x" * (LONGEST_MESSAGE + 1) in reporter.page


def test_what_could_not_be_stored_is_said_to_be_not_received_and_stays(
    reporter, monkeypatch
) -> None:
    def full(*args, **kwargs):
        raise NotReceived(Reason.DISK_FULL)

    monkeypatch.setattr(acts, "write", full)
    reporter.press("schrijf", bericht=WORDS)
    assert reporter.answer.status_code == 503
    assert "Dit is niet ontvangen" in reporter.text
    assert WORDS in reporter.page


def test_words_that_were_not_sent_come_along_to_another_page_and_back(reporter) -> None:
    reporter.press("intrekken", bericht=WORDS)
    assert WORDS not in reporter.page
    reporter.press("toon")
    assert WORDS in reporter.page
    assert written() == 0


def test_words_that_were_not_sent_stay_when_something_else_is_done(reporter) -> None:
    reporter.press("intrekken", bericht=WORDS).press("intrekken:ja")
    assert "Je melding is ingetrokken." in reporter.text
    assert f"{WORDS}</textarea>" in reporter.page


def test_the_language_changes_without_losing_what_was_written(reporter) -> None:
    reporter.address = f"{HERE}?taal=en"
    reporter.press("toon", bericht=WORDS)
    assert "Send my message" in reporter.text
    assert f"{WORDS}</textarea>" in reporter.page


def test_who_wrote_for_twenty_minutes_opens_the_mailbox_again_and_it_is_sent(
    reporter, receipt, monkeypatch
) -> None:
    wait(monkeypatch, 20)
    reporter.press("schrijf", bericht=WORDS)
    assert reporter.answer.status_code == 400
    assert "Je postvak is dicht" in reporter.text
    assert WORDS not in reporter.page
    assert written() == 0
    reporter.tries(receipt.reference, "0000 0000 0000 0000")
    assert "Wat je schreef is niet weg" in reporter.text
    reporter.opens(receipt)
    assert "Je bericht is verstuurd." in reporter.text
    assert WORDS in reporter.thread


def test_words_that_were_not_to_be_sent_yet_come_back_in_the_field(
    reporter, receipt, monkeypatch
) -> None:
    wait(monkeypatch, 20)
    reporter.press("bestanden", bericht=WORDS).opens(receipt)
    assert f"{WORDS}</textarea>" in reporter.page
    assert written() == 0


def test_words_of_one_reporter_never_go_to_the_mailbox_of_another(reporter, monkeypatch) -> None:
    other = send(replace(TOLD, texts={"narrative": "Het was in de gymzaal."}))
    wait(monkeypatch, 20)
    reporter.press("schrijf", bericht=WORDS).opens(other)
    assert "gymzaal" in reporter.thread
    assert WORDS not in reporter.page
    assert written() == 0


def test_a_page_of_one_mailbox_does_nothing_in_another_that_was_opened_since(reporter) -> None:
    state = reporter.state
    other = send(replace(TOLD, texts={"narrative": "Het was in de gymzaal."}))
    reporter.opens(other)
    reporter.sends({"state": state, "ga": "schrijf", "bericht": WORDS})
    assert reporter.answer.status_code == 400
    assert "een ander postvak geopend" in reporter.text
    assert not reporter.is_open
    assert written() == 0


def test_too_much_to_carry_is_not_carried(reporter, monkeypatch) -> None:
    wait(monkeypatch, 20)
    reporter.press("schrijf", bericht="é" * LARGEST)
    assert reporter.answer.status_code == 400
    assert "niet weg" not in reporter.text


def test_words_of_every_script_are_shown_as_they_were_written(reporter) -> None:
    words = "שלום 👧🏽 <b>Ș</b> \u202eomgekeerd & «zo»"
    reporter.press("schrijf", bericht=words)
    assert "<b>" not in reporter.page.split('id="thread"')[1].split("</ol>")[0]
    assert "«zo»" in reporter.thread


@pytest.mark.parametrize(
    "form",
    [
        {"ga": "kanarie"}, {"ga": "intrekken:kanarie"}, {"ga": "wissen:"}, {"ga": "\x00"},
        {"ga": "weggooien:ja"}, {"ga": "versturen"}, {"ga": "terugkomen:ja"}, {"ga": "stuur"},
    ],
)  # fmt: skip
def test_a_button_that_is_not_there_does_nothing(reporter, form) -> None:
    reporter.sends({"state": reporter.state, **form})
    assert 200 <= reporter.answer.status_code < 500
    assert "kanarie" not in reporter.page
    assert AtTheMailbox.look(reporter).is_open
    assert "ingetrokken" not in reporter.text


@pytest.mark.parametrize("state", ["", "1.AAAA", "\x00", "kanarie", "1." + "A" * 800_000])
def test_what_is_no_state_of_ours_does_nothing(reporter, state) -> None:
    reporter.sends({"state": state, "ga": "schrijf", "bericht": "kanarie"})
    assert reporter.answer.status_code == 400
    assert "kanarie" not in reporter.page
    assert written() == 0
