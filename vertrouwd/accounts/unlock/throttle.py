"""How long one waits after wrong tries to unlock; knows no Django.

The wait spares the memory of the machine: six generated words cannot be guessed. It belongs to one
session, so that nobody can keep a colleague out by failing in their name.
"""

from collections.abc import Sequence

FREE = 3  # wrong tries without any wait
LONGEST = 60  # seconds


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong tries in a row: 0, 0, 0, 2, 4, 8, 16, 32, 60, 60 ..."""
    return 0 if failures <= FREE else min(LONGEST, 2 ** min(failures - FREE, 10))


def seconds_left(tried: object, *, now: float) -> int:
    """What is left of the wait; `tried` is what `after_failure` gave, or anything else.

    A clock that was set back makes nobody wait longer than the longest wait.
    """
    failures, at = _parsed(tried)
    wait = wait_after(failures)
    left = at + wait - now
    return max(0, min(wait, int(left + 0.999)))


def after_failure(tried: object, *, now: float) -> list[float]:
    """What to keep in the session: how many wrong tries in a row, and when the last one was."""
    failures, _ = _parsed(tried)
    return [failures + 1, now]


def _parsed(tried: object) -> tuple[int, float]:
    if isinstance(tried, Sequence) and len(tried) == 2 and not isinstance(tried, str | bytes):
        failures, at = tried
        return int(failures), float(at)
    return 0, 0.0
