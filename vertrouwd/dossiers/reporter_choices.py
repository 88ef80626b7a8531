"""What a reporter decides in the mailbox about an own report; the inspector finds it in the thread.

Each act is done once, however often the button is pressed, and leaves a line of the log.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from vertrouwd.audit.record import PUBLIC, record
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.models import Conversation, Report
from vertrouwd.dossiers.reporter_messages import write_from_reporter
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.overwriting import overwrite_what_goes


@transaction.atomic
def lift_condition(report: Report, *, mailbox_key: bytes, now: datetime) -> bool:
    """From now on we may act; False when there was no condition. Raises Unreadable."""
    bound = _of(report).exclude(condition=Condition.NONE)
    if not bound.update(condition=Condition.NONE):
        return False
    words = gettext("U mag nu handelen. Mijn voorwaarde geldt niet meer.")
    write_from_reporter(report, words=words, mailbox_key=mailbox_key, now=now)
    record(by=PUBLIC, action="lift_condition", kind="report", object=report.reference)
    return True


@transaction.atomic
def withdraw_report(report: Report, *, mailbox_key: bytes, now: datetime) -> bool:
    """The reporter lets it go; False when that was known. The report stays. Raises Unreadable."""
    if not _of(report).filter(withdrawn_at__isnull=True).update(withdrawn_at=now):
        return False
    words = gettext("Ik zie af van mijn melding.")
    write_from_reporter(report, words=words, mailbox_key=mailbox_key, takes_up=False, now=now)
    record(by=PUBLIC, action="withdraw_report", kind="report", object=report.reference)
    return True


@transaction.atomic
def go_on_with_report(report: Report, *, mailbox_key: bytes, now: datetime) -> bool:
    """The reporter takes the withdrawal back; False when there was none. Raises Unreadable."""
    if not _of(report).filter(withdrawn_at__isnull=False).update(withdrawn_at=None):
        return False
    words = gettext("Ik wil toch doorgaan met mijn melding.")
    write_from_reporter(report, words=words, mailbox_key=mailbox_key, now=now)
    record(by=PUBLIC, action="go_on_with_report", kind="report", object=report.reference)
    return True


@transaction.atomic
def give_up_code(report: Report, *, mailbox_key: bytes, now: datetime) -> None:
    """The code opens nothing any more, and the reference is unknown; the report itself stays.

    Raises Unreadable.
    """
    overwrite_what_goes()
    words = gettext("Ik heb mijn code laten vervallen. Ik kan hier niets meer lezen of schrijven.")
    write_from_reporter(report, words=words, mailbox_key=mailbox_key, takes_up=False, now=now)
    own = DataKey.objects.filter(record=report.record)  # of the thread, and of each file
    own.update(reporter_wrapped=None, reporter_salt=None)
    Report.objects.filter(pk=report.pk).update(mailbox=None)
    record(by=PUBLIC, action="give_up_code", kind="report", object=report.reference)


def _of(report: Report) -> QuerySet[Conversation]:
    return Conversation.objects.filter(report=report)
