"""A form is sent: the whole of it is stored, once, and the reporter gets a reference and a code."""

import secrets

import pytest

from tests.intake.tellings import TOLD
from tests.teams import make_opened_team
from vertrouwd.dossiers.models import Report
from vertrouwd.intake.receiving import receive
from vertrouwd.sealing.opening import Mailbox
from vertrouwd.sealing.reporter_codes import mailbox_key
from vertrouwd.sealing.terms import Purpose


@pytest.fixture
def opened(db, home):
    return make_opened_team()


def test_what_was_told_is_a_report_that_the_team_and_its_reporter_open(opened) -> None:
    receipt = receive(TOLD, token=secrets.token_bytes(32))
    report = Report.objects.select_related("dossier", "conversation").get()
    assert report.mailbox == receipt.reference
    assert (report.channel, report.category) == ("website", TOLD.category)
    assert opened.texts(report.record, Purpose.THREAD) == TOLD.texts
    assert opened.texts(report.record, Purpose.IDENTITY) == TOLD.identity
    from vertrouwd.sealing.models import DataKey

    salt = DataKey.objects.get(record=report.record, purpose=Purpose.THREAD).reporter_salt
    own = Mailbox(mailbox_key(receipt.code, salt=bytes(salt)))
    assert own.texts(report.record, Purpose.THREAD) == TOLD.texts
