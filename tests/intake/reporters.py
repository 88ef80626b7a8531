"""What tests of the mailbox share: an office with a report that came in over the website.

def test_...(office, receipt): the_mailbox(receipt) ...
"""

import secrets

from tests.dossiers.casework import Office
from tests.intake.tellings import TOLD
from vertrouwd.dossiers.messages import write_to_reporter
from vertrouwd.dossiers.models import Message, Report
from vertrouwd.intake.mailbox import OpenedMailbox, open_mailbox
from vertrouwd.intake.receiving import Receipt, receive
from vertrouwd.intake.told import Told

PAGE = b"a page with a number"


def send(told: Told = TOLD) -> Receipt:
    """One form, sent."""
    return receive(told, token=secrets.token_bytes(32))


def the_mailbox(receipt: Receipt) -> OpenedMailbox:
    return open_mailbox(receipt.reference, receipt.code)


def answer(office: Office, words: str = "Kunt u ons bellen?") -> Message:
    """The inspector writes to the one reporter there is."""
    report = Report.objects.get()
    return write_to_reporter(report, words=words, by=office.inspector, opened=office.opened)
