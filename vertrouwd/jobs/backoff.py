"""How long a job that failed waits before it is tried again; knows no Django."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Backoff:
    """`first` after the first failure, `factor` times longer after each next, at most `longest`.

    `jitter` is the part of the pause that is drawn, so that what failed together (a database that
    was away) does not come back together.
    """

    first: timedelta = timedelta(seconds=30)
    factor: int = 4
    longest: timedelta = timedelta(hours=6)
    jitter: float = 0.25

    def pause(self, failures: int, draw: float) -> timedelta:
        """The pause after this many failures (1, 2, ...); `draw` is a number from 0 up to 1."""
        whole = self.first
        for _ in range(failures - 1):
            if whole >= self.longest:
                break
            whole *= self.factor
        whole = min(whole, self.longest)
        return whole * (1 - self.jitter * draw)
