"""The work of the notices that may wait."""

from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.jobs.backoff import Backoff
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.kinds import GivesUp, kind
from vertrouwd.jobs.moments import Hourly, Nightly

WORKING_HOURS = range(7, 18)
PATIENT = Backoff(first=timedelta(minutes=2), factor=3, longest=timedelta(hours=2))


@kind("send_notice", gettext_lazy("E-mail versturen"), tries=6, backoff=PATIENT)
def send_notice(*, notice: int, on: date) -> int:
    """Send one neutral e-mail; a mail server that is away is tried again. Late, it is dropped."""
    from vertrouwd.notices import actions

    now = timezone.now()
    if timezone.localdate(now) > on + timedelta(days=1):
        raise GivesUp
    return int(actions.send_notice(notice, now=now))


@kind("plan_notices", gettext_lazy("Kijken voor wie er iets klaarstaat"), every=Hourly(minute=10))
def plan_notices() -> int:
    """Each hour: an e-mail for whom something came in, at most one a day. The hour hides when."""
    from vertrouwd.notices import actions, mail

    if not mail.is_on():
        return 0
    with transaction.atomic():
        planned = actions.plan_ready(now=timezone.now())
        for each in planned:
            enqueue(send_notice, notice=each.pk, on=each.on)
    return len(planned)


@kind("plan_digests", gettext_lazy("Kijken wat er vandaag af moet"), every=Nightly(time(7, 0)))
def plan_digests() -> int:
    """On working days: an e-mail with how much is due today and how much is late."""
    from vertrouwd.duties.working_days import is_working_day
    from vertrouwd.notices import actions, mail

    now = timezone.now()
    here = timezone.localtime(now)
    # What was missed is made up for, but not before seven in the morning or in the evening.
    if not mail.is_on() or not is_working_day(here.date()) or here.hour not in WORKING_HOURS:
        return 0
    with transaction.atomic():
        planned = actions.plan_digests(now=now)
        for each in planned:
            enqueue(send_notice, notice=each.pk, on=each.on)
    return len(planned)
