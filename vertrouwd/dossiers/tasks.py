"""What remains to be done for a dossier: by a day, by somebody or by whoever can."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.access import existing_for, institutions_supervised, visible_dossiers
from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.models import Dossier, Task
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, readable_words, seal_words
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

LONGEST_WORDS = 2000  # characters


def tasks_known_to(person: User, *, now: datetime | None = None) -> QuerySet[Task]:
    """Every task but word about a dossier that does not exist for this person.

    Says nothing of who may open the dossier of the task.
    """
    found = Task.objects.all()
    if not institutions_supervised(person, now):
        return found
    about = existing_for(person, now=now).filter(pk=OuterRef("other"))
    return found.filter(Q(other__isnull=True) | Exists(about))


@transaction.atomic
def add_task(
    dossier: Dossier,
    *,
    kind: str,
    due_on: date,
    by: User,
    words: str = "",
    owner: User | None = None,
    other: Dossier | None = None,
    opened: Opened | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> Task:
    """Something is to be done by a day. Sending the same form twice makes one task.

    `words` are sealed; `other` is a dossier that may be the same case; `after` is the number of the
    last task that the form knew of. Raises Refused, also when the owner may not open the dossier.
    """
    at, words = now or timezone.now(), fitting(words, longest=LONGEST_WORDS)
    if kind not in list(TaskKind):
        raise Refused(gettext("Kies wat er moet gebeuren."))
    if owner is not None and not _may_open(owner, dossier, at=at):
        raise Refused(gettext("Deze collega kan dit dossier niet openen."))
    Dossier.objects.select_for_update().get(pk=dossier.pk)  # of two equal ones the second waits
    facts = {"dossier": dossier, "kind": kind, "due_on": due_on, "owner": owner, "other": other}
    same = Task.objects.filter(made_by=by, **facts)
    for earlier in same.filter(pk__gt=after):
        if words_of(earlier, opened=opened) == words:
            return earlier
    task = Task.objects.create(made_at=at, made_by=by, **facts)
    if words:
        seal_words(dossier.record, Purpose.NOTES, {task.field: words}, by=by, opened=opened, now=at)
    _write("add_task", task, by=by)
    return task


@transaction.atomic
def finish_task(task: Task, *, by: User, now: datetime | None = None) -> Task:
    """It was done. Raises Refused when it was done before."""
    held = _held(task)
    if held.done_at is not None:
        raise Refused(gettext("Deze taak is al gedaan."))
    held.done_at, held.done_by = now or timezone.now(), by
    held.save(update_fields=["done_at", "done_by"])
    _write("finish_task", held, by=by)
    return held


@transaction.atomic
def unfinish_task(task: Task, *, by: User) -> Task:
    """It was not done after all. Raises Refused when it was not said to be."""
    held = _held(task)
    if held.done_at is None:
        raise Refused(gettext("Deze taak staat al open."))
    held.done_at = held.done_by = None
    held.save(update_fields=["done_at", "done_by"])
    _write("unfinish_task", held, by=by)
    return held


@transaction.atomic
def take_task(task: Task, *, by: User) -> Task:
    """From now on `by` does it. Raises Refused when it is done, or one's own already."""
    held = _held(task)
    if held.done_at is not None:
        raise Refused(gettext("Deze taak is al gedaan."))
    if held.owner_id == by.pk:
        raise Refused(gettext("Deze taak is al van u."))
    held.owner = by
    held.save(update_fields=["owner"])
    _write("take_task", held, by=by)
    return held


def words_of(task: Task, *, opened: Opened | None) -> str | None:
    """What was written with it, empty when nothing was, None when it cannot be opened now."""
    if opened is None:
        return None
    return readable_words(task.dossier.record, Purpose.NOTES, task.field, opened=opened)


def _held(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",)).select_related("dossier")
    return rows.get(pk=task.pk)


def _may_open(person: User, dossier: Dossier, *, at: datetime) -> bool:
    return visible_dossiers(person, now=at).filter(pk=dossier.pk).exists()


def _write(action: str, task: Task, *, by: User) -> None:
    reference = task.dossier.reference
    record(by=by, action=action, kind="dossier", object=reference, detail={"task": task.pk})
