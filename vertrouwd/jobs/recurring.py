"""Work that recurs: one job for each moment it was due, whoever makes it."""

from datetime import datetime

from django.utils import timezone

from vertrouwd.jobs.enqueue import add
from vertrouwd.jobs.kinds import Kind
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moves import ACTIVE


def make_due(kinds: dict[str, Kind], *, now: datetime) -> None:
    """Make the jobs of the last moment that has come, where there is none yet.

    What was missed while nothing ran is done once, not as often as it was missed. While the one
    before still waits or runs, no second one is put beside it. When two processes do this at once,
    the database lets one of them.
    """
    zone = timezone.get_default_timezone()
    for kind in kinds.values():
        if kind.every is None:
            continue
        moment = kind.every.latest(now, zone)
        if not _is_there(kind, moment):
            add(Job(kind=kind.name, moment=moment, asked_at=now, due_at=moment))


def _is_there(kind: Kind, moment: datetime) -> bool:
    """Asked first, so that mostly nothing is written."""
    of_kind = Job.objects.filter(kind=kind.name)
    busy = of_kind.filter(key="", state__in=[state.value for state in ACTIVE])
    return (of_kind.filter(moment=moment) | busy).exists()
