"""When recurring work is due, by the clock on a Dutch wall; knows no Django.

Each moment is one point in time (UTC), so that it can be told from every other: when the clock is
set back in October an hour is there twice and a night once, and in March no night is left out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Protocol


class Every(Protocol):
    """A rule that says when work recurs."""

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        """The last moment that is not after `now` (aware), in UTC."""
        ...


@dataclass(frozen=True)
class Hourly:
    """Each hour, so many minutes past it."""

    minute: int = 0

    def __str__(self) -> str:
        return f"each hour, {self.minute} minutes past"

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        past = now.astimezone(UTC).replace(second=0, microsecond=0)
        # Zones differ whole quarters from UTC: the minute is that of the wall.
        shift = timedelta(minutes=now.astimezone(zone).minute - past.minute)
        on_the_wall = past + shift
        found = on_the_wall.replace(minute=self.minute)
        if found > on_the_wall:
            found -= timedelta(hours=1)
        return found - shift


@dataclass(frozen=True)
class Nightly:
    """Once a day, at this time on the wall.

    A time that is skipped in March comes an hour later; one that is there twice in October counts
    the first time.
    """

    at: time

    def __str__(self) -> str:
        return f"each night at {self.at:%H:%M}, Dutch time"

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        today = now.astimezone(zone).date()
        for back in range(3):
            day = today - timedelta(days=back)
            moment = datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC)
            if moment <= now:
                return moment
        raise AssertionError("No zone is more than a day off.")
