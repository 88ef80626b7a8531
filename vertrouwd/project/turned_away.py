"""How many requests got the waiting page, told to the staff at most once a minute; no addresses."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from vertrouwd.audit.record import PUBLIC, record
from vertrouwd.project import logs

EVERY = 60.0  # seconds


class TurnedAway:
    """The count since it was last told."""

    def __init__(
        self, tell: Callable[[int], object], *, clock: Callable[[], float] = monotonic
    ) -> None:
        self._tell, self._clock, self._lock = tell, clock, Lock()
        self._count, self._told_at = 0, -EVERY + clock()

    def count_one(self) -> None:
        """One more."""
        with self._lock:
            self._count += 1
        self.tell_when_due()

    def tell_when_due(self) -> None:
        """Tell the count when there is one, and the last time was a minute ago."""
        with self._lock:
            now = self._clock()
            if not self._count or now - self._told_at < EVERY:
                return
            count, self._count, self._told_at = self._count, 0, now
        self._tell(count)


def tell_staff(count: int) -> None:
    """One line in the log of the program, and one in the log that the coordinator's page reads."""
    logs.say("turned_away", count=count, process="public")
    try:
        record(by=PUBLIC, action="turn_away", kind="public_site", detail={"requests": count})
    except Exception as fault:
        logs.say_fault(fault, process="public")
