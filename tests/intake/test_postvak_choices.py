"""What a reporter decides in the mailbox: asked once more, in words that promise no more than is
true."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.intake.at_the_mailbox import HERE, AtTheMailbox
from tests.intake.reporters import send
from tests.intake.tellings import TOLD
from vertrouwd.attachments.files import sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.uploading import FILES_AT_MOST
from vertrouwd.dossiers.models import Conversation, Report
from vertrouwd.intake.mailbox import write
from vertrouwd.intake.models import KeptRecord
from vertrouwd.intake.not_received import NotReceived, Reason
from vertrouwd.intake.postvak import acts
from vertrouwd.intake.postvak.cookie import NAME

KEPT = replace(TOLD, keeps_to_self=True)


@pytest.fixture
def reporter(receipt) -> AtTheMailbox:
    """The mailbox is open."""
    return AtTheMailbox().opens(receipt)


@pytest.fixture
def kept(office) -> AtTheMailbox:
    """Who wrote it down and did not send it has opened it."""
    return AtTheMailbox().opens(send(KEPT))


def test_nothing_is_withdrawn_before_it_was_asked_once_more(reporter) -> None:
    reporter.press("intrekken")
    assert "Soms moeten wij toch iets doen" in reporter.text
    assert Conversation.objects.get().withdrawn_at is None
    reporter.press("toon")
    assert Conversation.objects.get().withdrawn_at is None


def test_a_report_is_withdrawn_and_stands_again(reporter) -> None:
    reporter.press("intrekken").press("intrekken:ja")
    assert Conversation.objects.get().withdrawn_at is not None
    assert "Je hebt je melding ingetrokken." in reporter.text
    assert "intrekken" not in reporter.buttons
    reporter.press("terugkomen").press("terugkomen:ja")
    assert Conversation.objects.get().withdrawn_at is None
    assert "Je melding geldt weer." in reporter.text


def test_a_condition_is_let_go_and_is_not_asked_again(reporter) -> None:
    reporter.press("loslaten")
    assert "Wij vertellen nooit of iemand anders iets heeft gemeld." in reporter.text
    reporter.press("loslaten:ja")
    assert Conversation.objects.get().condition == "geen"
    assert "loslaten" not in reporter.buttons


def test_deleting_the_own_copy_shuts_the_mailbox_for_good_and_keeps_the_report(
    reporter, receipt
) -> None:
    reporter.press("wissen")
    assert "Bij ons gaat niets weg." in reporter.text
    reporter.press("wissen:ja")
    assert "Je kopie is gewist" in reporter.text
    assert reporter.client.cookies[NAME]["max-age"] == 0
    assert not reporter.opens(receipt).is_open
    assert Report.objects.count() == 1


def test_what_was_kept_is_read_by_its_reporter_alone_and_says_until_when(kept) -> None:
    day = KeptRecord.objects.get().expires_on
    assert f"tot en met {day.day} " in kept.text
    assert "Niemand leest het, alleen jij." in kept.text
    assert "De deur van het magazijn" in kept.thread
    assert kept.buttons.isdisjoint({"schrijf", "bewijs", "intrekken", "wissen", "loslaten"})


def test_what_was_kept_is_sent_after_all_under_the_same_reference(kept) -> None:
    kept.press("versturen")
    assert "Dat kun je niet terughalen." in kept.text
    assert Report.objects.count() == 0
    kept.press("versturen:ja")
    assert "Een vertrouwensinspecteur kan het nu lezen." in kept.text
    assert Report.objects.get().mailbox in kept.text
    assert {"schrijf", "bewijs"} <= kept.buttons


def test_what_was_kept_is_thrown_away(kept) -> None:
    kept.press("weggooien").press("weggooien:ja")
    assert "Het is weg" in kept.text
    assert not KeptRecord.objects.exists()
    assert not kept.look().is_open


def test_an_act_that_was_done_in_another_window_is_not_done_again(reporter, receipt) -> None:
    other = AtTheMailbox().opens(receipt)
    reporter.press("intrekken")
    other.press("intrekken").press("intrekken:ja")
    first = Conversation.objects.get().withdrawn_at
    reporter.press("intrekken:ja")
    assert reporter.is_open
    assert Conversation.objects.get().withdrawn_at == first


def test_a_window_of_a_mailbox_that_is_gone_shows_the_form(reporter, receipt) -> None:
    AtTheMailbox().opens(receipt).press("wissen").press("wissen:ja")
    reporter.press("schrijf", bericht="Nog iets.")
    assert not reporter.is_open
    assert reporter.answer.status_code == 400


def test_the_proof_is_a_page_of_its_own_that_says_what_it_is_not(reporter, settings) -> None:
    settings.PROOF_KEY = b"p" * 32
    reporter.press("bewijs")
    assert '<pre class="proof">V1 ' in reporter.page
    assert "Het bewijst niet dat het waar is." in reporter.text
    assert not reporter.is_open


def files(number: int = 1) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"foto-{n}.png", b"\x89PNG\r\n\x1a\n" * 9) for n in range(number)]


def test_a_file_is_added_later_and_listed_by_its_name(reporter) -> None:
    reporter.press("bestanden")
    assert 'enctype="multipart/form-data"' in reporter.page
    reporter.press("stuur", bestanden=files(2))
    assert "Je bestanden zijn toegevoegd." in reporter.text
    assert "foto-0.png" in reporter.text
    assert Attachment.objects.count() == 2


def test_the_same_files_sent_twice_from_one_page_are_added_once(reporter) -> None:
    reporter.press("bestanden")
    state = reporter.state
    for _ in range(2):
        reporter.sends({"state": state, "ga": "stuur", "bestanden": files()})
    assert Attachment.objects.count() == 1


def test_too_many_files_or_none_are_refused_and_none_is_kept(reporter) -> None:
    for chosen in (files(FILES_AT_MOST + 1), []):
        reporter.press("bestanden")
        reporter.press("stuur", bestanden=chosen)
        assert reporter.answer.status_code == 400
        assert '<a href="#kies">' in reporter.page
    assert not Attachment.objects.exists()


def test_files_sent_with_any_other_button_or_by_a_stranger_are_not_kept(reporter) -> None:
    stranger = AtTheMailbox()
    stranger.sends({"ga": "stuur", "bestanden": files()})
    assert stranger.answer.status_code == 400
    reporter.press("toon", bestanden=files())
    assert not [found for found in sealed_files().folder.rglob("*") if found.is_file()]


def test_files_can_be_added_to_what_is_kept(kept) -> None:
    kept.press("bestanden").press("stuur", bestanden=files())
    assert "foto-0.png" in kept.text
    assert kept.answer.redirect_chain == [(HERE, 303)]


def test_a_mailbox_that_goes_while_a_message_is_sent_is_answered_as_one_that_is_gone(
    reporter, receipt, monkeypatch
) -> None:
    def too_late(mailbox, **message) -> None:
        AtTheMailbox().opens(receipt).press("wissen").press("wissen:ja")
        write(mailbox, **message)

    monkeypatch.setattr(acts, "write", too_late)
    reporter.press("schrijf", bericht="Nog iets.")
    assert reporter.answer.status_code == 400
    assert "Je postvak is dicht" in reporter.text


def test_what_could_not_be_sent_after_all_is_still_kept_and_says_so(kept, monkeypatch) -> None:
    def busy(*args, **kwargs) -> None:
        raise NotReceived(Reason.BUSY)

    monkeypatch.setattr(acts, "release", busy)
    kept.press("versturen").press("versturen:ja")
    assert kept.answer.status_code == 503
    assert '<a href="#thread">Dit is niet ontvangen' in kept.page
    assert "Dit is niet verstuurd." in kept.text
