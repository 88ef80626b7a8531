"""The overview as a reader meets it: sections with words, charts and a table each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vertrouwd.disclosure.safe import TOTAL, SafeTable
from vertrouwd.publication.overview.charts import Bar, Chart, Group
from vertrouwd.publication.overview.contents import Overview
from vertrouwd.publication.overview.grids import Entry, Grid, Line, SourceList, grid
from vertrouwd.publication.overview.language import (
    DUTCH,
    SECTOR_NAMES,
    Language,
    for_childcare,
)
from vertrouwd.publication.overview.wording import (
    DESCRIPTION,
    INTRODUCTIONS,
    NOT_ADDING_UP,
    NOTHING_DRAWN,
    SHARE,
    SUM,
)

PANEL_LABELS = 150  # room for «seksuele intimidatie» left of a bar
REPORTS_SERIES = "three-years-reports"
YEAR_LABELS = 80  # room for «2022-2023»


@dataclass(frozen=True)
class Section:
    """One heading of the overview. `name` is the anchor and the name of its CSV file."""

    name: str
    heading: str
    introduction: str
    grid: Grid
    charts: tuple[Chart, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()  # words, and the language they are in
    layout: str = ""  # panels: several small charts beside each other; pair: chart beside table


def compose(
    overview: Overview, sources: SourceList, *, language: Language = DUTCH
) -> list[Section]:
    """Lay the overview out, the three-year comparison first; `sources` gains those it names."""
    if overview.is_childcare:
        language = for_childcare(language)
    tables = [overview.series, *overview.tables]
    if overview.unit == "reports":  # then the years can be compared in that unit only
        tables.sort(key=lambda table: table.name != REPORTS_SERIES)
    return [_section(table, sources, language) for table in tables if table.rows]


def _section(table: SafeTable, sources: SourceList, language: Language) -> Section:
    laid_out = grid(table, sources, language=language)
    say = language.text
    notes = [SHARE, SUM] if table.name == "three-years" else []
    if table.note:
        notes.append(table.note)
    elif not table.parts_meet_total:
        notes.append(NOT_ADDING_UP)
    introduction = INTRODUCTIONS.get(table.name, "")
    draw = CHARTS.get(table.name)
    charts = tuple(draw(laid_out, language.text)) if draw else ()
    return Section(
        name=table.name,
        heading=laid_out.title,
        introduction=say(introduction) if introduction else "",
        grid=laid_out,
        charts=charts,
        notes=tuple(map(language.note, dict.fromkeys(notes))) + _sector_names(table, language),
        layout=LAYOUTS.get(draw, "") if draw and charts else "",
    )


def _sector_names(table: SafeTable, language: Language) -> tuple[tuple[str, str], ...]:
    """One line that spells out the short names of the sectors, where they are first met."""
    met = [row.codes[0] for row in table.rows if row.codes[0] in SECTOR_NAMES]
    if table.name != "sector" or not met:
        return ()
    named = (f"{code} = {language.text(SECTOR_NAMES[code])}" for code in met)
    return ((", ".join(named) + ".", language.code),)


def _bar(label: str, entry: Entry, *, tone: int = 0) -> Bar:
    text = f"{entry.text} {entry.flag}".strip()
    return Bar(label, entry.value, text, entry.mark, tone)


def describe(bars: Sequence[Bar], say: Callable[[str], str], labels: Sequence[str] = ()) -> str:
    """A chart in a sentence or two, for who cannot see it; the table gives every number."""
    names = labels or [bar.label for bar in bars]
    known = [
        (bar.value, name, bar.text) for bar, name in zip(bars, names, strict=True) if bar.value
    ]
    if not known:
        return say(NOTHING_DRAWN)
    _, most, text = max(known, key=lambda one: one[0])
    return say(DESCRIPTION).format(label=most, number=text)


def _parts(of: Grid) -> list[Line]:
    return [line for line in of.lines if not line.is_total]


def _simple(of: Grid, say: Callable[[str], str]) -> list[Chart]:
    """One bar a line."""
    bars = tuple(_bar(line.label, line.entries[0]) for line in _parts(of))
    return [Chart(f"c-{of.name}", of.title, describe(bars, say), (Group("", bars),))]


def _years(of: Grid, say: Callable[[str], str]) -> list[Chart]:
    """A group of bars a category, this year first and darkest."""
    groups = []
    for line in of.lines:
        pairs = list(zip(of.columns, line.entries, strict=True))[::-1]
        bars = tuple(_bar(year, entry, tone=min(n, 2)) for n, (year, entry) in enumerate(pairs))
        if not line.is_total and any(bar.value is not None for bar in bars):
            groups.append(Group(line.label, bars))
    words = describe([group.bars[0] for group in groups], say, labels=[g.heading for g in groups])
    return [Chart(f"c-{of.name}", of.title, words, tuple(groups), label_width=YEAR_LABELS)]


def _reports_years(of: Grid, say: Callable[[str], str]) -> list[Chart]:
    """The same for reports, when an earlier year published any but a total."""
    parts = [entry for line in _parts(of) for entry in line.entries[:-1]]
    return _years(of, say) if any(not entry.is_gap for entry in parts) else []


def _panels(of: Grid, say: Callable[[str], str]) -> list[Chart]:
    """A small chart a sector, all on one scale."""
    lines = _parts(of)
    columns = [n for n, name in enumerate(of.columns) if name != say(TOTAL)]
    top = max((line.entries[n].value or 0 for line in lines for n in columns), default=0)
    charts = []
    for n in columns:
        bars = tuple(_bar(line.label, line.entries[n]) for line in lines)
        title = of.columns[n]
        charts.append(
            Chart(
                f"c-{of.name}-{n}",
                title,
                describe(bars, say),
                (Group("", bars),),
                label_width=PANEL_LABELS,
                top=top,
            )
        )
    return charts


def _months(of: Grid, say: Callable[[str], str]) -> list[Chart]:
    """Columns a month: dossiers, and under it reports on the same scale."""
    lines = _parts(of)
    top = max((entry.value or 0 for line in lines for entry in line.entries), default=0)
    return [
        Chart(
            f"c-{of.name}-{n}",
            column[:1].upper() + column[1:],
            describe(bars := tuple(_bar(line.label, line.entries[n]) for line in lines), say),
            (Group("", bars),),
            kind="columns",
            top=top,
            second=n > 0,
        )
        for n, column in enumerate(of.columns)
    ]


Drawing = Callable[[Grid, Callable[[str], str]], list[Chart]]
LAYOUTS: dict[Drawing, str] = {
    _simple: "pair",
    _years: "pair",
    _reports_years: "pair",
    _panels: "panels",
}
CHARTS: dict[str, Drawing] = {
    "three-years": _years,
    REPORTS_SERIES: _reports_years,
    "category": _simple,
    "sector": _simple,
    "category-by-sector": _panels,
    "accused-role": _simple,
    "age": _simple,
    "place": _simple,
    "setting": _simple,
    "month": _months,
}
