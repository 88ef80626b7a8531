"""Refusals outlive the transaction they were made in: a 404 rolls back, its line does not."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

from vertrouwd.audit.models import Line

wrote = False  # whether this process has written a line that it has not chained


@dataclass
class _Kept:
    """The lines that wait, and how many transactions were open when the waiting began."""

    depth: int
    lines: list[Line] = field(default_factory=list)


_kept: ContextVar[_Kept | None] = ContextVar("kept refusals", default=None)


@contextmanager
def written_after() -> Iterator[None]:
    """Write the refusals made inside when the block ends, whether it returns or raises.

    Belongs around the outermost transaction: the gate has it around a view, the command line
    around a command. Inside another `written_after` it does nothing.
    """
    if _kept.get() is not None:
        yield
        return
    kept = _Kept(_depth())
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)
        if kept.lines:
            write(kept.lines)


def keep(line: Line) -> None:
    """Write the line now, or after the transaction that is open."""
    kept = _kept.get()
    if kept is not None and _depth() > kept.depth:
        kept.lines.append(line)
    else:
        write([line])


def write(lines: Iterable[Line]) -> None:
    """Store the lines, in order."""
    global wrote
    for line in lines:
        line.save(force_insert=True)
    wrote = True


def _depth() -> int:
    """How many blocks of `transaction.atomic` are open here."""
    return len(connection.atomic_blocks)
