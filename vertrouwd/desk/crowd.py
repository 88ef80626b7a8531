"""Whether the public site had more visitors than it could serve at once: counts, nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vertrouwd.audit.models import Line

LOOKS_BACK = timedelta(hours=24)


@dataclass(frozen=True)
class Crowd:
    """How often somebody got the waiting page in the last day, and when last."""

    times: int
    last: datetime


def crowd_of(*, now: datetime) -> Crowd | None:
    """The crowd of the last 24 hours; None when everybody was served at once."""
    since = now - LOOKS_BACK
    lines = Line.objects.filter(action="turn_away", at__gte=since, at__lte=now).order_by("at")
    found = list(lines.values_list("at", "detail"))
    if not found:
        return None
    return Crowd(sum(detail["requests"] for _, detail in found), found[-1][0])
