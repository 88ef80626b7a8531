"""How long a wrong password keeps the door shut: short, and never for long; knows no Django.

A lock that lasts is a weapon against the colleague it locks out. Guessing is stopped by the second
step and by passwords of twelve characters; the lock only makes it slow.
"""

from datetime import timedelta

WINDOW = timedelta(minutes=10)  # after so long without a mistake, counting starts again
FREE = 5  # mistakes from one place about one name
FREE_FROM_EVERYWHERE = 50  # mistakes from all unknown places about one name
LONGEST = timedelta(minutes=15)


def lock_time(mistakes: int, *, free: int = FREE) -> timedelta:
    """How long the door stays shut after so many mistakes in a row: 1, 2, 4, 8, 15 minutes."""
    if mistakes < free:
        return timedelta()
    return min(timedelta(minutes=2 ** min(mistakes - free, 10)), LONGEST)


def is_forgotten(mistakes: int, *, since: timedelta, free: int = FREE) -> bool:
    """Whether the last mistake, `since` ago, no longer counts. A clock set back forgets too."""
    return since < timedelta() or since >= lock_time(mistakes, free=free) + WINDOW
