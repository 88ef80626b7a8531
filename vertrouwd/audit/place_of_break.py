"""What happened at the first link that does not hold, as far as the chain itself can tell."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from vertrouwd.audit import stored
from vertrouwd.audit.canonical import FORM, next_digest

NEIGHBOURS = 500  # links before and after that are tried


@dataclass(frozen=True)
class Break:
    """The first place that does not hold.

    `number` is the place in the chain, `line` the key of the line, each None where there is none.
    `what` is changed, missing, inserted, out of order, or rewritten.
    """

    number: int | None
    line: int | None
    what: str
    why: str

    def __str__(self) -> str:
        place = "" if self.number is None else f" at number {self.number}"
        line = "" if self.line is None else f" (line {self.line})"
        return f"The log is broken{place}{line}, {self.what}: {self.why}"


def link_missing(number: int) -> Break:
    """A number that the chain skips."""
    return Break(number, None, "missing", "The chain goes on, but this link is gone.")


def at_link(row: tuple[Any, ...], previous: bytes) -> Break:
    """Why a link does not hold; `previous` is the digest before it, `row` as `stored.links`."""
    number, version, digest, line = row[:4]
    if row[4] is None:
        return Break(number, line, "missing", "The link is there, its line is gone.")
    if version != FORM:
        return Break(
            number, line, "changed", f"The link says form {version}; there is only {FORM}."
        )
    before = stored.links(after=max(0, number - 1 - NEIGHBOURS), until=number - 1)
    following = list(islice(stored.links(after=number), NEIGHBOURS))
    for other in [*before, *following]:
        if _digest(previous, number, other) == digest:
            why = f"Line {other[3]} was sealed here; it stands at number {other[0]} now."
            return Break(number, line, "out of order", why)
    if following:
        after = following[0]
        if _digest(previous, number, after) == after[2]:
            why = "Without it the chain goes on as it was."
            return Break(number, line, "inserted", why)
        own = _digest(previous, number, row)
        if own and _digest(bytes.fromhex(own), number + 1, after) == after[2]:
            why = "The digest of the link was changed; the line is as it was sealed."
            return Break(number, line, "changed", why)
    return Break(number, line, "changed", "The line does not give the digest it was sealed with.")


def _digest(previous: bytes, number: int, row: tuple[Any, ...]) -> str:
    """The digest that the line of `row` would have at a place; empty when it can have none."""
    try:
        return next_digest(previous, number, row[4:]).hex()
    except (ValueError, TypeError):
        return ""
