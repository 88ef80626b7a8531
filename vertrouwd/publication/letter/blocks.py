"""A letter as blocks of spans: words, numbers, footnotes. No Django here.

A number is always its own span, so that each printer can bind it and no printer can type one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from vertrouwd.disclosure.safe import Gap, SafeFigure
from vertrouwd.publication.letter.context import Reference, Signatory
from vertrouwd.publication.letter.wording import Claim

ADDRESSEE = "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"
ENCLOSURE = "het cijferoverzicht"
HARD_SPACE = "\u00a0"
UNIT_AFTER = re.compile(r"\A (procent|dossiers?|meldingen|melding|jaar)\b")
PLURAL_AFTER = re.compile(r"\A (dossier|melding)(?:s|en)\b")
LONGEST_UNBROKEN = 12  # characters; a longer reference may be broken over two lines


@dataclass(frozen=True)
class Text:
    """Words, without a digit."""

    text: str


@dataclass(frozen=True)
class Number:
    """A number as printed; `name` leads to its figure or its reference in figures.json."""

    name: str
    text: str
    reference: Reference | None = None


@dataclass(frozen=True)
class Note:
    """A footnote at this place."""

    name: str
    spans: tuple["Span", ...]


Span = Text | Number | Note


class Kind(StrEnum):
    """What a block is, for the printers."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    OBSERVATION = "observation"  # attributed, not counted
    MINISTER = "minister"  # a minister's own words
    SIGNED = "signed"  # who signed the words above


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an item; `id` is the place a number is found at."""

    kind: Kind
    id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class TestedClaim:
    """A guarded word the template asked for, and whether it was said."""

    claim: str
    about: str
    where: str
    result: Claim


@dataclass
class Letter:
    """The composed letter, and everything figures.json must tell about it."""

    year: str
    unit: str  # dossiers | reports
    is_childcare: bool
    subject: tuple[Span, ...] = ()
    date: tuple[Span, ...] = ()
    mark: str = ""  # of a demonstration
    signatories: tuple[Signatory, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    figures: dict[str, SafeFigure] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)  # name -> text
    places: dict[str, list[str]] = field(default_factory=dict)  # name -> ids of blocks
    claims: list[TestedClaim] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The subject as plain text."""
        return as_text(self.subject)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same spans, neighbouring words joined."""
    found: list[Span] = []
    for span in spans:
        if isinstance(span, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(found[-1].text + span.text)
        elif not (isinstance(span, Text) and not span.text):
            found.append(span)
    return tuple(found)


def tied(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same spans, a number tied to its unit so that no line ends between them.

    The template writes the unit in the plural; after 1 it becomes singular.
    """
    found: list[Span] = []
    for span in spans:
        if isinstance(span, Note):
            found.append(Note(span.name, tied(span.spans)))
        elif isinstance(span, Text) and found and isinstance(found[-1], Number):
            one = found[-1].text == "1"
            words = PLURAL_AFTER.sub(r" \1", span.text) if one else span.text
            found.append(Text(UNIT_AFTER.sub(rf"{HARD_SPACE}\1", words)))
        else:
            found.append(span)
    return tuple(found)


def leaves(spans: Iterable[Span]) -> Iterator[Text | Number]:
    """Words and numbers, those of the footnotes too."""
    for span in spans:
        if isinstance(span, Note):
            yield from leaves(span.spans)
        else:
            yield span


def as_text(spans: Iterable[Span]) -> str:
    """The words and numbers of spans, footnotes left out."""
    return "".join(span.text for span in spans if not isinstance(span, Note))


def unbroken(number: Number) -> str:
    """The number as printed, with hard spaces where no line may end: `29 240`, `nr. 136`."""
    if len(number.text) <= LONGEST_UNBROKEN:
        return number.text.replace(" ", HARD_SPACE)
    return re.sub(
        r"(?<=\d) (?=\d)|(?<=nr\.) |(?<=\d) (?=[a-z]+ \d{4})|(?<=[a-z]) (?=\d{4}\b)",
        HARD_SPACE,
        number.text,
    )


def field_name(name: str) -> str:
    """The name of a figure as a field of the ODT: `total before` -> `total_before`."""
    return re.sub(r"\W+", "_", name)
