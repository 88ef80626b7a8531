"""Every road through the signpost: each combination of answers that can be given."""

from collections.abc import Iterator
from functools import cache

from vertrouwd.signpost.road import road


def roads(answers: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """The answers of every road that has come to its end."""
    so_far = answers or {}
    found = road(so_far)
    if found.next is None:
        yield found.answers
        return
    options = found.next.options_for(found.told)
    assert options, f"{found.next.subject} has no option after {so_far}"
    for option in options:
        yield from roads({**so_far, found.next.subject.value: option.value})


@cache
def every_road() -> tuple[dict[str, str], ...]:
    return tuple(roads())
