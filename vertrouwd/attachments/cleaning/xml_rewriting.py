"""XML is read and written anew element by element: a rule says what becomes of each. Knows
no Django.

A document type is refused, and with it every entity. Remarks and instructions do not come along.
Prefixes and their order stay as they were: office programs are particular about them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from vertrouwd.attachments.cleaning.made import NotPossible, Reason


@dataclass(frozen=True)
class Named:
    """The name of an element or attribute: its space, its own name, and how it was written."""

    space: str
    local: str
    written: str


Attributes = dict[Named, str]
Rule = Callable[[Named, Attributes], Attributes | None]  # None: it goes, with all that is in it


def rewritten(content: bytes, rule: Rule, *, emptied: frozenset[str] = frozenset()) -> bytes:
    """The same document after the rule. Raises NotPossible when it is no plain XML.

    Elements called as those `emptied` stay, without words.
    """
    writing = _Writing(rule, emptied)
    parse(content, start=writing.start, end=writing.end, text=writing.text, space=writing.space)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + "".join(writing.out)
    ).encode()


def parse(
    content: bytes,
    *,
    start: Callable[[Named, Attributes], Any],
    end: Callable[[Named], Any],
    text: Callable[[str], Any],
    space: Callable[[str | None, str], Any] | None = None,
) -> None:
    """Go through it once. Raises NotPossible for a document type, or what is not well formed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True

    def begin(name: str, attributes: list[str]) -> None:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        start(_named(name), {_named(key): value for key, value in pairs})

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: end(_named(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    if space is not None:
        parser.StartNamespaceDeclHandler = space
    with _broken_is_said():
        parser.Parse(content, True)


@contextmanager
def _broken_is_said() -> Iterator[None]:
    try:
        yield
    except (expat.ExpatError, ValueError):
        raise NotPossible(Reason.BROKEN) from None


def _refuse(*_: object) -> None:
    raise NotPossible(Reason.BROKEN)


def _named(name: str) -> Named:
    space, local, prefix = [*name.split(" "), "", ""][:3] if " " in name else ("", name, "")
    return Named(space, local, f"{prefix}:{local}" if prefix else local)


class _Writing:
    """What was written so far, and how deep we are in something that goes."""

    def __init__(self, rule: Rule, emptied: frozenset[str]) -> None:
        self.out: list[str] = []
        self._rule, self._emptied = rule, emptied
        self._silent = 0
        self._skipping = 0
        self._spaces: list[tuple[str | None, str]] = []

    def space(self, prefix: str | None, address: str) -> None:
        self._spaces.append((prefix, address or ""))

    def start(self, name: Named, attributes: Attributes) -> None:
        spaces, self._spaces = self._spaces, []
        kept = None if self._skipping else self._rule(name, attributes)
        if kept is None:
            self._skipping += 1
            return
        self._silent += name.local in self._emptied
        self.out.append(f"<{name.written}")
        for prefix, address in spaces:
            self.out.append(f" xmlns{':' + prefix if prefix else ''}={quoteattr(address)}")
        self.out += [f" {key.written}={quoteattr(value)}" for key, value in kept.items()]
        self.out.append(">")

    def end(self, name: Named) -> None:
        if self._skipping:
            self._skipping -= 1
        else:
            self._silent -= name.local in self._emptied
            self.out.append(f"</{name.written}>")

    def text(self, said: str) -> None:
        if not self._skipping and not self._silent:
            self.out.append(escape(said))
