"""Where a report stands, as its reporter may know it: nothing of anybody else follows from it."""

from enum import StrEnum

from vertrouwd.dossiers.casework_terms import MessageFrom, Status
from vertrouwd.intake.mailbox import OpenedMailbox


class Standing(StrEnum):
    """What a reporter sees instead of the status of the dossier."""

    KEPT = "bewaard"
    WITHDRAWN = "ingetrokken"
    NEW = "nieuw"  # nobody took it up yet
    TAKEN_UP = "in behandeling"
    WAITING = "wacht op jou"
    CLOSED = "klaar"


OF_STATUS = {Status.WAITING: Standing.WAITING, Status.CLOSED: Standing.CLOSED}


def standing_of(mailbox: OpenedMailbox) -> Standing:
    """One of them. Asks the database at most one question."""
    if mailbox.report is None or mailbox.status is None:
        return Standing.KEPT
    if mailbox.withdrawn_at:
        return Standing.WITHDRAWN
    if mailbox.status in OF_STATUS:
        return OF_STATUS[mailbox.status]
    answered = any(line.sender == MessageFrom.INSPECTOR for line in mailbox.messages)
    held = answered or mailbox.report.dossier.assignments.filter(until__isnull=True).exists()
    return Standing.TAKEN_UP if held else Standing.NEW
