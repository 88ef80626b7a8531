"""What was told becomes a report, with all that belongs to it. Needs an open transaction."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from vertrouwd.accounts.models import system_actor
from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.attachments.storing import attach
from vertrouwd.audit.record import PUBLIC, record
from vertrouwd.bulk import insert
from vertrouwd.dossiers.actions import receive_reports
from vertrouwd.dossiers.casework_terms import FoundUs
from vertrouwd.dossiers.models import Conversation, Report, ReporterWish
from vertrouwd.dossiers.terms import Channel
from vertrouwd.figures import demonstrations
from vertrouwd.intake.told import Told
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_many

CODED = (
    "reporter_role", "sector", "category", "subcategory", "accused_role", "accused_age",
    "affected_role", "affected_age", "happened_from", "happened_until", "place", "social_media",
    "referred_to_police",
)  # fmt: skip


def store_report(
    told: Told,
    *,
    reference: str,
    key: bytes,
    salt: bytes,
    files: Sequence[SealedFile] = (),
    now: datetime,
) -> Report:
    """Store it under the reference of its mailbox; an own dossier opens. Raises NoTeam, NotPinned.

    `key` is that of the mailbox, made with `salt`: the reporter opens the thread and the files.
    """
    by, report = system_actor(), _report_of(told, reference, now)
    receive_reports([report], by=by, now=now)
    conversation = Conversation(
        report=report,
        noted_by=by,
        began_at=now,
        digest=sha256(b"vertrouwd form 1" + report.record.encode()).hexdigest(),
        is_anonymous=told.is_anonymous,
        is_acute=told.is_acute,
        found_us=FoundUs.UNKNOWN,
        condition=told.condition,
        has_code=True,
    )
    insert([conversation])
    insert([ReporterWish(report=report, wish=wish) for wish in sorted(told.wishes)])
    # There is always a thread, whatever was told: it is what the code opens.
    sealed = [(report.record, Purpose.THREAD, told.texts)]
    if told.identity:
        sealed.append((report.record, Purpose.IDENTITY, told.identity))
    seal_many(sealed, by=PUBLIC, mailbox_key=key, salt=salt, now=now)
    attach(report, files, mailbox_key=key, salt=salt, now=now)
    record(
        by=PUBLIC,
        action="receive_report",
        kind="report",
        object=report.reference,
        detail={"dossier": report.dossier.reference, "files": len(files)},
    )
    return report


def _report_of(told: Told, reference: str, now: datetime) -> Report:
    return Report(
        **{name: getattr(told, name) for name in CODED},
        setting=told.setting or "",
        institution_id=told.institution,
        mailbox=reference,
        channel=Channel.WEBSITE,
        received_on=timezone.localdate(now),
        is_invented=demonstrations.are_in(settings.VERTROUWD_HOME),
    )
