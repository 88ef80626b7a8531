"""The letter as plain text: UTF-8, wrapped, footnotes by letter so that no number is added."""

import textwrap
from collections.abc import Iterable
from string import ascii_lowercase

from vertrouwd.publication.letter.blocks import (
    ADDRESSEE,
    ENCLOSURE,
    HARD_SPACE,
    Kind,
    Letter,
    Note,
    Number,
    Span,
    unbroken,
)

WIDTH = 78


def plain_text(letter: Letter) -> str:
    """The whole letter; every number in it is one of its figures or references."""
    return _Writer(letter).text()


class _Writer:
    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.notes: list[tuple[Span, ...]] = []

    def text(self) -> str:
        letter = self.letter
        lines: list[str] = []
        if letter.mark:
            lines += [*self._wrap(letter.mark.upper()), ""]
        lines += [ADDRESSEE, "", *self._wrap(self._words(letter.date)), ""]
        lines += self._wrap(f"Betreft: {self._words(letter.subject)}", rest=" " * 9)
        lines += [f"Bijlage: {ENCLOSURE}", ""]
        for block in letter.blocks:
            words = self._words(block.spans)
            if block.kind is Kind.HEADING:
                lines += ["", words, "-" * len(words), ""]
            elif block.kind is Kind.ITEM:
                lines += [*self._wrap(words, first="- ", rest="  "), ""]
            elif block.kind in (Kind.OBSERVATION, Kind.MINISTER, Kind.SIGNED):
                signed = "— " if block.kind is Kind.SIGNED else ""
                lines += [*self._wrap(signed + words, first="    ", rest="    "), ""]
            else:
                lines += [*self._wrap(words), ""]
        for signatory in letter.signatories:
            lines += ["", f"{signatory.office},", "", signatory.name]
        if self.notes:
            lines += ["", "", "Noten", "-----"]
            for place, spans in enumerate(self.notes):
                mark = f"[{ascii_name(place)}] "
                lines += self._wrap(self._words(spans), first=mark, rest=" " * len(mark))
        return "\n".join(lines).rstrip() + "\n"

    def _words(self, spans: Iterable[Span]) -> str:
        written = ""
        for span in spans:
            if isinstance(span, Note):
                self.notes.append(span.spans)
                written += f"{HARD_SPACE}[{ascii_name(len(self.notes) - 1)}]"
            elif isinstance(span, Number):
                written += unbroken(span)
            else:
                written += span.text
        return written

    def _wrap(self, text: str, first: str = "", rest: str = "") -> list[str]:
        # Only spaces may break: a hyphen in 2022-2023 may not.
        lines = textwrap.wrap(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace(HARD_SPACE, " ") for line in lines]


def ascii_name(place: int) -> str:
    """a ... z, aa, ab ...: the mark of the footnote at that place."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = ascii_lowercase[letter] + name
    return name
