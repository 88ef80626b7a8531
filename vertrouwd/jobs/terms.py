"""How far a job is."""

from enum import StrEnum


class JobState(StrEnum):
    """How far a piece of work that may wait is; its moves stand in `moves.py`."""

    WAITING = "wacht"  # for its time, or for a worker
    RUNNING = "loopt"  # a worker holds its lease
    DONE = "klaar"
    DEAD = "mislukt"  # tried as often as it may be: a person looks
    SET_ASIDE = "terzijde"  # a person decided that it need not be done
