"""A released table as rows and columns on paper or screen, every cell with its origin."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from vertrouwd.disclosure.safe import TOTAL, UNKNOWN, Mark, SafeRow, SafeTable
from vertrouwd.publication.overview.language import DUTCH, Language

Code = TypeVar("Code", str, tuple[str, ...])
FLAGS = {Mark.PUBLISHED: "g", Mark.INVENTED: "v", Mark.COUNTED: ""}
GAP = "niet gepubliceerd"
ALL_BLOCKS = "alles samen"
NESTED = ("subcategorie",)  # has its own codes in each block, so it makes no columns


@dataclass
class SourceList:
    """The published sources in the order in which the reader meets them, numbered from 1."""

    references: list[str] = field(default_factory=list)

    def number(self, reference: str) -> int:
        """Its number; 0 for a number without a published source."""
        if not reference:
            return 0
        if reference not in self.references:
            self.references.append(reference)
        return self.references.index(reference) + 1


@dataclass(frozen=True)
class Entry:
    """A cell as shown. `value` None: not published; `flag` g, v or nothing; `source` 0 is none."""

    value: int | None
    text: str
    mark: Mark = Mark.COUNTED
    flag: str = ""
    source: int = 0

    @property
    def is_gap(self) -> bool:
        return self.value is None

    @property
    def is_invented(self) -> bool:
        return self.mark is Mark.INVENTED and not self.is_gap


@dataclass(frozen=True)
class Line:
    label: str
    entries: tuple[Entry, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Block:
    """Lines under one heading; a table of one or two dimensions has one block without heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """`corner` names the lines, `columns` the cells of a line."""

    name: str
    title: str
    corner: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def may_scroll(self) -> bool:
        """A small screen may have to move it sideways, so the keyboard must reach it."""
        return len(self.columns) > 2

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > 3

    @property
    def lines(self) -> list[Line]:
        return [line for block in self.blocks for line in block.lines]


def grid(table: SafeTable, sources: SourceList, *, language: Language = DUTCH) -> Grid:
    """Lay out a table: the last of several dimensions goes across unless it is nested, the ones
    before the last two go into blocks.

    Codes keep the order of the release, a total goes last. A combination the release does not hold
    is a gap, never a zero.
    """
    goes_across = len(table.dimensions) > 1 and table.dimensions[-1] not in NESTED
    corner = table.dimensions[-2 if goes_across else -1]
    codes = [row.codes if goes_across else (*row.codes, table.measure) for row in table.rows]
    found = dict(zip(codes, table.rows, strict=True))
    columns = _in_order(code[-1] for code in codes)
    blocks = []
    for outer in _in_order(code[:-2] for code in codes):
        inner = _in_order(code[-2] for code in codes if code[:-2] == outer)
        lines = tuple(
            Line(
                _label(outer, code, language),
                tuple(
                    _entry(found.get((*outer, code, column)), sources, language)
                    for column in columns
                ),
                is_total=code in ("", TOTAL),
            )
            for code in inner
        )
        heading = " – ".join(language.label(code) for code in outer if code not in ("", TOTAL))
        blocks.append(Block(heading, lines))
    return Grid(
        name=table.name,
        title=language.text(table.title),
        corner=language.label(corner),
        columns=tuple(language.label(column or TOTAL) for column in columns),
        blocks=tuple(blocks),
    )


def _label(outer: tuple[str, ...], code: str, language: Language) -> str:
    """A total under all blocks together says so, or it would seem to belong to the last one."""
    if code in ("", TOTAL) and outer and outer[-1] in ("", TOTAL):
        return language.text(ALL_BLOCKS)
    return language.label(code or TOTAL)


def _entry(row: SafeRow | None, sources: SourceList, language: Language) -> Entry:
    if row is None or row.value is None:
        return Entry(None, language.text(GAP))
    source = sources.number(row.source) if row.mark is Mark.PUBLISHED else 0
    return Entry(row.value, language.number(row.value), row.mark, FLAGS[row.mark], source)


def _in_order(codes: Iterable[Code]) -> list[Code]:
    """Each code once, as first met; what is unknown after what is known, a total last."""
    return sorted(dict.fromkeys(codes), key=_rank)


def _rank(code: str | tuple[str, ...]) -> int:
    last = code if isinstance(code, str) else "".join(code[-1:])
    return {UNKNOWN: 1, "": 2, TOTAL: 2}.get(last, 0)
