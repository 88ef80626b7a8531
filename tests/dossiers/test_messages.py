"""Each reporter has an own mailbox, can read what is written there, and never learns of others."""

import pytest

from tests.dossiers.casework import Office, give_mailbox
from tests.factories import make_report
from vertrouwd.accounts.models import system_actor
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.messages import with_mailbox, write_to_reporter
from vertrouwd.dossiers.models import Message
from vertrouwd.dossiers.refused import Refused
from vertrouwd.sealing.opening import Mailbox
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts
from vertrouwd.sealing.unreadable import Unreadable

WORDS = "Kunt u ons bellen? Wij zijn er tot vijf uur."


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def write(office: Office, report, words: str = WORDS, **more) -> Message:
    return write_to_reporter(report, words=words, by=office.inspector, opened=office.opened, **more)


def test_the_reporter_can_read_what_the_inspector_wrote(office) -> None:
    report = make_report()
    key = give_mailbox(report)
    message = write(office, report)
    read = Mailbox(key).texts(report.record, Purpose.THREAD)
    assert read[message.field] == WORDS
    assert office.opened.texts(report.record, Purpose.THREAD)[message.field] == WORDS
    assert "bellen" not in str(list(Line.objects.values()))


def test_a_later_key_of_the_thread_that_is_the_teams_only_is_not_used(office) -> None:
    """A colleague whose key was not granted yet added something: that went under another key."""
    report = make_report()
    key = give_mailbox(report)
    seal_texts(report.record, Purpose.THREAD, {"later": "Genoteerd."}, by=system_actor())
    message = write(office, report)
    sealed = message.report.record
    with pytest.raises(Unreadable):
        Mailbox(key).texts(sealed, Purpose.THREAD)  # not the whole of it
    from vertrouwd.sealing.models import SealedText

    row = SealedText.objects.select_related("data_key").get(field=message.field)
    assert Mailbox(key).text(row) == WORDS


def test_no_message_is_written_to_who_has_no_code(office) -> None:
    report = make_report()
    seal_texts(report.record, Purpose.THREAD, {"narrative": "Verteld."}, by=system_actor())
    with pytest.raises(Refused, match="geen code"):
        write(office, report)
    assert not Message.objects.exists()
    assert with_mailbox([report.record]) == set()


def test_after_a_join_each_reporter_still_opens_the_own_mailbox_and_no_other(office) -> None:
    one, two = make_report(), make_report()
    keys = give_mailbox(one), give_mailbox(two)
    join_dossiers(one.dossier, into=two.dossier, reason="anders", by=office.duty_officer)
    message = write(office, one)
    assert Mailbox(keys[0]).texts(one.record, Purpose.THREAD)[message.field] == WORDS
    assert message.field not in Mailbox(keys[1]).texts(two.record, Purpose.THREAD)
    with pytest.raises(Unreadable):
        Mailbox(keys[1]).texts(one.record, Purpose.THREAD)


def test_a_form_that_is_sent_twice_makes_one_message(office) -> None:
    report = make_report()
    give_mailbox(report)
    first = write(office, report)
    assert write(office, report) == first
    assert write(office, report, after=first.pk) != first


@pytest.mark.parametrize("words", ["", "  ", "a" * 20_001])
def test_an_empty_or_endless_message_is_refused(office, words: str) -> None:
    report = make_report()
    give_mailbox(report)
    with pytest.raises(Refused):
        write(office, report, words)
