"""By when a request is answered. No Django.

Without delay, and within one month of receipt; where that is necessary two months more, if the
asker is told so within the first month, with the reason (AVG 12(3)). How months are counted:
Regulation (EEC, Euratom) 1182/71 article 3. The day of receipt does not count; the period ends on
the day of the same number, or on the last day of a shorter month; a period that would end on a
Saturday, a Sunday or a public holiday ends on the working day after it. That this counts for the
AVG, and which Dutch holidays do, is still to be checked: `VERIFIED`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from vertrouwd.duties.working_days import is_working_day

ARTICLE = "AVG 12 lid 3"
COUNTED_BY = "Verordening (EEG, Euratom) nr. 1182/71, artikel 3"
VERIFIED = False
MONTHS, MORE_MONTHS = 1, 2
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """The clock of one request that is open."""

    due_on: date
    today: date
    is_extended: bool
    may_extend_until: date  # the last day on which the asker can be told of an extension

    @property
    def days_left(self) -> int:
        """Whole days; negative once it is late."""
        return (self.due_on - self.today).days

    @property
    def is_late(self) -> bool:
        return self.days_left < 0

    @property
    def may_extend(self) -> bool:
        return not self.is_extended and self.today <= self.may_extend_until


def last_day(received_on: date, *, extended: bool = False) -> date:
    """The last day to answer. Raises OverflowError or ValueError beyond the year 9999."""
    on = months_after(received_on, MONTHS + (MORE_MONTHS if extended else 0))
    while not is_working_day(on):
        on += DAY
    return on


def months_after(start: date, months: int) -> date:
    """The day of the same number, that many months on; the last day where a month has no such."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def clock(received_on: date, *, extended: bool, today: date) -> Clock:
    """How it stands today."""
    return Clock(
        due_on=last_day(received_on, extended=extended),
        today=today,
        is_extended=extended,
        may_extend_until=last_day(received_on),
    )
