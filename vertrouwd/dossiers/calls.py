"""A conversation becomes a report: what was told, wanted and allowed, in one transaction.

`token` is that of the form it was written on (32 random bytes). Sending the form twice makes one
report, and the code for the reporter follows from it, so that nothing keeps the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.access import has_conflict
from vertrouwd.dossiers.actions import receive_reports
from vertrouwd.dossiers.casework_terms import Condition, ConsentUse, FoundUs, TaskKind, Wish
from vertrouwd.dossiers.drafts import handed_in
from vertrouwd.dossiers.models import (
    Assignment,
    Consent,
    Conversation,
    Dossier,
    Report,
    ReporterWish,
    Task,
)
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import Answer
from vertrouwd.sealing.opening import Opener
from vertrouwd.sealing.reporter_codes import code_from, mailbox_key, new_reference, new_salt
from vertrouwd.sealing.team import NoTeam, NotPinned
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

DRAWS = 20  # references; that one is taken happens once in a million million


@dataclass(frozen=True, kw_only=True)
class Call:
    """What an inspector wrote down: coded answers, and texts that are sealed and never kept so."""

    report: Report  # not stored yet
    began_at: datetime
    is_anonymous: bool
    is_acute: bool = False
    found_us: FoundUs = FoundUs.UNKNOWN
    condition: Condition = Condition.NONE
    call_back: tuple[datetime, datetime] | None = None  # safe from, until
    wishes: frozenset[Wish] = frozenset()
    consents: Mapping[ConsentUse, Answer] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    identity: Mapping[str, str] = field(default_factory=dict, repr=False)
    question: str = field(default="", repr=False)  # for a second opinion
    colleague: User | None = None  # who is asked; None: whoever is on duty
    wants_code: bool = False  # for the mailbox


@dataclass(frozen=True)
class Noted:
    """What came of it. The code is here for as long as the form is at hand, and nowhere else."""

    report: Report
    is_new: bool  # False: the form was sent before
    has_conflict: bool  # the dossier does not exist for who noted it
    code: str = field(default="", repr=False)

    @property
    def dossier(self) -> Dossier:
        """The dossier of the report."""
        return self.report.dossier


def digest_of(token: bytes) -> str:
    """The name of a form in the database: nothing follows from it."""
    return sha256(b"vertrouwd call 1" + token).hexdigest()


def draft_record_of(token: bytes) -> str:
    """What the draft of that form is bound to."""
    return digest_of(token)[:32]


def note_call(
    call: Call, *, token: bytes, by: User, opened: Opener | None = None, now: datetime | None = None
) -> Noted:
    """Store the report and all that belongs to it; its own dossier opens, and `by` handles it.

    Who supervises the institution does not: that dossier waits for whoever divides the work.
    Raises Refused when there is no team to seal to, when the colleague who is asked supervises the
    institution, and when somebody else sent this form before.
    """
    at = now or timezone.now()
    if found := _noted_before(token, by=by, now=at):
        return found
    try:
        with transaction.atomic():
            return _note(call, token, by, opened, at)
    except IntegrityError:  # the same form came twice at the same moment
        if found := _noted_before(token, by=by, now=at):
            return found
        raise
    except (NoTeam, NotPinned):
        raise Refused(gettext("Er is nog geen sleutel van het team. Vraag uw beheerder.")) from None


def was_noted(token: bytes) -> bool:
    """Whether this form is a report already."""
    return Conversation.objects.filter(digest=digest_of(token)).exists()


def _noted_before(token: bytes, *, by: User, now: datetime) -> Noted | None:
    rows = Conversation.objects.select_related("report__dossier")
    found = rows.filter(digest=digest_of(token)).first()
    if found is None:
        return None
    if found.noted_by_id != by.pk:
        raise Refused(gettext("Een collega heeft dit gesprek al vastgelegd."))
    return Noted(
        found.report,
        is_new=False,
        has_conflict=has_conflict(by, found.report.dossier, now=now),
        code=code_from(token) if found.has_code else "",
    )


def _note(call: Call, token: bytes, by: User, opened: Opener | None, at: datetime) -> Noted:
    report = call.report
    report.mailbox = _free_reference() if call.wants_code else None
    receive_reports([report], by=by, now=at)
    Conversation.objects.create(
        report=report,
        noted_by=by,
        began_at=call.began_at,
        digest=digest_of(token),
        is_anonymous=call.is_anonymous,
        is_acute=call.is_acute,
        found_us=call.found_us,
        condition=call.condition,
        call_back_from=call.call_back[0] if call.call_back else None,
        call_back_until=call.call_back[1] if call.call_back else None,
        has_code=call.wants_code,
    )
    _allow(call, by=by, at=at)
    code = _seal(call, token, by=by, at=at)
    conflict = has_conflict(by, report.dossier, now=at)
    if not conflict:
        Assignment.objects.create(dossier=report.dossier, user=by, since=at, assigned_by=by)
    tasks = _give_tasks(call, None if conflict else by, by=by, opened=opened, at=at)
    handed_in(draft_record_of(token), by=by)
    record(
        by=by,
        action="note_call",
        kind="report",
        object=report.reference,
        detail={
            "dossier": report.dossier.reference,
            "code": call.wants_code,
            "conflict": conflict,
            "tasks": tasks,
        },
    )
    return Noted(report, is_new=True, has_conflict=conflict, code=code)


def _allow(call: Call, *, by: User, at: datetime) -> None:
    """What the reporter wants, and what the reporter allowed; what was not asked is not kept."""
    ReporterWish.objects.bulk_create(
        ReporterWish(report=call.report, wish=wish) for wish in Wish if wish in call.wishes
    )
    Consent.objects.bulk_create(
        Consent(report=call.report, use=use, given=given, at=at, by=by)
        for use, given in call.consents.items()
    )


def _seal(call: Call, token: bytes, *, by: User, at: datetime) -> str:
    """Seal what was told and who is named; returns the code for the reporter, if one is given."""
    code, key, salt = "", None, None
    if call.wants_code:
        code, salt = code_from(token), new_salt()
        key = mailbox_key(code, salt=salt)
    of = call.report.record
    if call.told:
        seal_texts(of, Purpose.THREAD, call.told, by=by, mailbox_key=key, salt=salt, now=at)
    if call.identity:
        seal_texts(of, Purpose.IDENTITY, call.identity, by=by, now=at)
    return code


def _give_tasks(
    call: Call, owner: User | None, *, by: User, opened: Opener | None, at: datetime
) -> int:
    """What the conversation leaves to be done; returns how many tasks."""
    dossier, today = call.report.dossier, timezone.localdate(at)
    made = 0
    if call.call_back:
        due = timezone.localdate(call.call_back[0])
        Task.objects.create(
            dossier=dossier, kind=TaskKind.CALL_BACK, due_on=due, made_at=at, made_by=by,
            owner=owner,
        )  # fmt: skip
        made += 1
    if call.question:
        if call.colleague and has_conflict(call.colleague, dossier, now=at):
            raise Refused(gettext("Deze collega heeft een belang bij de instelling."))
        asked = Task.objects.create(
            dossier=dossier, kind=TaskKind.SECOND_OPINION, due_on=today, made_at=at, made_by=by,
            owner=call.colleague,
        )  # fmt: skip
        texts = {asked.field: call.question}
        seal_texts(dossier.record, Purpose.NOTES, texts, by=by, opened=opened, now=at)
        made += 1
    return made


def _free_reference() -> str:
    """A reference that no report has. Raises Refused when drawing goes wrong all the time."""
    for _ in range(DRAWS):
        drawn = new_reference()
        if not Report.objects.filter(mailbox=drawn).exists():
            return drawn
    raise Refused(gettext("Het lukt nu niet. Probeer het nog eens."))
