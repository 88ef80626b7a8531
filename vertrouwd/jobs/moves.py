"""The life of a job: from which state to which; knows no Django."""

from vertrouwd.jobs.terms import JobState

S = JobState
MOVES: dict[JobState, frozenset[JobState]] = {
    S.WAITING: frozenset({S.RUNNING}),  # a worker takes it
    # it ends; or fails and may be tried again, or is given back; or fails for the last time
    S.RUNNING: frozenset({S.DONE, S.WAITING, S.DEAD}),
    S.DONE: frozenset(),
    S.DEAD: frozenset({S.WAITING, S.SET_ASIDE}),  # a person decides
    S.SET_ASIDE: frozenset({S.WAITING}),  # and may think better of it
}
ACTIVE = frozenset({S.WAITING, S.RUNNING})
ENDED = frozenset({S.DONE, S.DEAD, S.SET_ASIDE})
FOR_A_PERSON = frozenset({S.DEAD, S.SET_ASIDE})  # what people may move; the rest is for workers


class NoSuchMove(Exception):
    """A job in this state cannot come into that one."""


def check_move(old: JobState, new: JobState) -> None:
    """Raise NoSuchMove when the life of a job knows no such step."""
    if new not in MOVES[old]:
        raise NoSuchMove(f"A job that is '{old}' cannot become '{new}'.")
