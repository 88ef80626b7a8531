"""What stays with somebody who leaves: nothing of it goes to a colleague by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.drafts import DAYS_KEPT
from vertrouwd.dossiers.models import Assignment, Draft, DutyDay, Report, Task


@dataclass(frozen=True)
class Remaining:
    """Numbers only: who keeps the accounts sees no dossier."""

    dossiers: int  # closed ones included: somebody must be there when the reporter returns
    tasks: int  # not done
    drafts: int  # which nobody else can read
    duty_days: int  # from today on

    def __bool__(self) -> bool:
        return any((self.dossiers, self.tasks, self.drafts, self.duty_days))


def remaining_with(person: User, *, now: datetime | None = None) -> Remaining:
    """Count what stands on this person's name. Four questions."""
    at = now or timezone.now()
    told = Report.objects.filter(dossier=OuterRef("dossier"))
    held = Assignment.objects.filter(Exists(told), user=person, until__isnull=True)
    kept = Draft.objects.filter(author=person, saved_at__gt=at - timedelta(days=DAYS_KEPT))
    duty = DutyDay.objects.filter(user=person, date__gte=timezone.localdate(at))
    return Remaining(
        dossiers=held.count(),
        tasks=Task.objects.filter(owner=person, done_at__isnull=True).count(),
        drafts=kept.count(),
        duty_days=duty.count(),
    )
