"""A second opinion while the caller is still on the line: asked, answered, and kept with the call.

Question and answer are sealed to the team. Who supervises the institution of the call is not
asked, and finds nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import record, refuse
from vertrouwd.dossiers.access import (
    LARGEST_NUMBER,
    existing_for,
    institutions_supervised,
    is_on_duty,
)
from vertrouwd.dossiers.casework_terms import NoteKind
from vertrouwd.dossiers.models import Dossier, Opinion
from vertrouwd.dossiers.notes import add_note
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, seal_words
from vertrouwd.schools.models import Institution
from vertrouwd.schools.supervision import supervised_by
from vertrouwd.sealing.opening import Opened, Opener
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

LONGEST = 2_000  # characters
WAITS = timedelta(hours=24)  # after that nobody is on the line any more
QUESTION, ANSWER = "question", "answer"


@dataclass(frozen=True)
class Asked:
    """A question with its words, as far as they are there and can be opened."""

    opinion: Opinion
    question: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)


def ask_opinion(
    question: str,
    *,
    form: str,
    asked_in: str,
    by: User,
    of: User | None = None,
    institution: Institution | None = None,
    opened: Opener | None = None,
    now: datetime | None = None,
) -> Opinion:
    """Ask a colleague, or whoever is on duty. Two clicks on one button ask once.

    Raises Refused when the question is empty or too long, when the colleague supervises the
    institution of the call, and when there is no team to seal to.
    """
    at, words = now or timezone.now(), _checked(question)
    if not asked_in or len(asked_in) > 32 or "\0" in asked_in:
        raise Refused(gettext("Het lukt nu niet. Probeer het nog eens."))
    if of is not None and _supervises(of, institution, at=at):
        raise Refused(gettext("Deze collega heeft een belang bij de instelling."))
    try:
        with transaction.atomic():
            asked = Opinion.objects.create(
                form=form, asked_in=asked_in, asked_at=at, asked_by=by, asked_of=of,
                institution=institution,
            )  # fmt: skip
            _seal(asked, QUESTION, words, by=by, opened=opened, at=at)
            record(by=by, action="ask_opinion", kind="opinion", object=str(asked.pk))
            return asked
    except IntegrityError:
        found = Opinion.objects.filter(asked_in=asked_in, asked_by=by).first()
        if found is None:
            raise
        return found


@transaction.atomic
def answer_opinion(
    number: int, *, answer: str, by: User, opened: Opened, now: datetime | None = None
) -> Opinion:
    """Give one's opinion; where the call was noted already it becomes a note of its dossier.

    Missing and not for this person give the same 404. Raises Refused when it was answered before.
    """
    at, words = now or timezone.now(), _checked(answer)
    Opinion.objects.select_for_update(of=("self",)).filter(pk=number).first()
    asked = _asked_of(by, at=at).filter(pk=number).first()
    if asked is None:
        known = str(number) if number < LARGEST_NUMBER else ""
        refuse(by=by, action="answer_opinion", kind="opinion", object=known)
        raise Http404
    if asked.answered_at is not None:
        raise Refused(gettext("Een collega heeft deze vraag al beantwoord."))
    asked.answered_at, asked.answered_by = at, by
    asked.save(update_fields=["answered_at", "answered_by"])
    _seal(asked, ANSWER, words, by=by, opened=opened, at=at)
    record(by=by, action="answer_opinion", kind="opinion", object=str(asked.pk))
    if asked.dossier is not None:
        _note(asked, asked.dossier, by=by, opened=opened, at=at)
    return asked


def waiting_for(by: User, *, now: datetime | None = None) -> QuerySet[Opinion]:
    """The questions that this person may answer now."""
    return _asked_of(by, at=now or timezone.now()).filter(answered_at__isnull=True)


def asked_in_call(form: str, *, by: User, opened: Opened | None) -> list[Asked]:
    """What this person asked while noting that call, with the words once unlocked."""
    rows = Opinion.objects.filter(form=form, asked_by=by)
    return with_words(rows.select_related("asked_of", "answered_by"), opened=opened)


def with_words(opinions: QuerySet[Opinion], *, opened: Opened | None) -> list[Asked]:
    """The same with what can be opened."""
    return [_open(each, opened) for each in opinions]


def belongs_to(dossier: Dossier, *, form: str, by: User, opened: Opened | None) -> None:
    """The call was noted: answers become notes of its dossier, questions go on waiting.

    Locked, an answer cannot be taken along; it stays where it is.
    """
    for asked in Opinion.objects.filter(form=form, asked_by=by, dossier__isnull=True):
        asked.dossier = dossier
        asked.save(update_fields=["dossier"])
        if asked.answered_at is not None and opened is not None:
            _note(asked, dossier, by=by, opened=opened, at=timezone.now())


def _asked_of(by: User, *, at: datetime) -> QuerySet[Opinion]:
    if not by.may(Permission.HANDLE_CASES):
        return Opinion.objects.none()
    mine = Q(asked_of=by)
    if is_on_duty(by, now=at):
        mine |= Q(asked_of__isnull=True)
    theirs = institutions_supervised(by, at)
    rows = Opinion.objects.filter(mine, asked_at__gt=at - WAITS).exclude(asked_by=by)
    exists = Q(dossier__isnull=True)
    if about := list(rows.filter(dossier__isnull=False).values_list("dossier", flat=True)):
        exists |= Q(dossier__in=existing_for(by, now=at).filter(pk__in=about).values("pk"))
    rows = rows.filter(exists).exclude(institution_id__in=theirs)
    return rows.select_related("asked_by", "dossier").order_by("asked_at", "pk")


def _supervises(person: User, institution: Institution | None, *, at: datetime) -> bool:
    if institution is None:
        return False
    return supervised_by(person, on=timezone.localdate(at)).filter(pk=institution.pk).exists()


def _checked(words: str) -> str:
    words = fitting(words, longest=LONGEST)
    if not words:
        raise Refused(gettext("Schrijf eerst op wat u wilt vragen of antwoorden."))
    return words


def _seal(
    asked: Opinion, name: str, words: str, *, by: User, opened: Opener | None, at: datetime
) -> None:
    seal_words(asked.record, Purpose.NOTES, {name: words}, by=by, opened=opened, now=at)


def _open(asked: Opinion, opened: Opened | None) -> Asked:
    try:
        texts = opened.texts(asked.record, Purpose.NOTES) if opened else {}
    except Unreadable:
        texts = {}
    return Asked(asked, texts.get(QUESTION, ""), texts.get(ANSWER, ""))


def _note(asked: Opinion, dossier: Dossier, *, by: User, opened: Opened, at: datetime) -> None:
    found = _open(asked, opened)
    if found.answer:
        who = asked.answered_by.name or asked.answered_by.username if asked.answered_by else ""
        words = f"{found.question}\n\n— {who}:\n{found.answer}"
        add_note(dossier, kind=NoteKind.SECOND_OPINION, words=words, by=by, opened=opened, now=at)
