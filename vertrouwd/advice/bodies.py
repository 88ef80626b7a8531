"""Help bodies: who they are for, how to reach them, and when that was checked. No Django.

The public signpost shows the same bodies.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.situation import Situation, When, when
from vertrouwd.advice.wording import Text
from vertrouwd.advice.words import Words, words

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body that can help, as it stood on `checked_on`; not `verified`: still to be checked."""

    code: str
    name: str
    phone: str  # empty: none known
    hours: Text
    url: str
    what: Words  # what it does, and for whom
    is_anonymous: bool  # one need not give a name
    when: When
    source: str
    checked_on: date
    verified: bool

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "".join(filter(str.isdecimal, self.phone))


@cache
def bodies() -> dict[str, Body]:
    """Every body by its code, in the order in which a page shows them."""
    return bodies_in(DATA / "bodies.toml")


@cache
def named_only() -> dict[str, Body]:
    """Those that pages name and that nobody is referred to: the inspectors themselves, by code."""
    return bodies_in(DATA / "named.toml")


def bodies_in(path: Path) -> dict[str, Body]:
    """The bodies of a file of this form, by their code."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return {each["code"]: _body(each) for each in read["bodies"]}


def bodies_for(found: Situation) -> list[Body]:
    """Those that may help in this situation."""
    return [body for body in bodies().values() if body.when.fits(found)]


def _body(read: Mapping[str, Any]) -> Body:
    with_own_form = {"hours", "what", "when"}
    return Body(
        hours=Text.read(read["hours"]),
        what=words(read["what"]),
        when=when(read.get("when", {})),
        **{key: value for key, value in read.items() if key not in with_own_form},
    )
