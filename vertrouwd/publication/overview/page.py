"""The overview as a page: for the file that opens from disk, and for the public site."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from vertrouwd.disclosure.safe import Mark, Mismatch, SafeFigure
from vertrouwd.publication.dutch import year_period
from vertrouwd.publication.overview import wording
from vertrouwd.publication.overview.charts import hatching, svg
from vertrouwd.publication.overview.contents import KEY_CATEGORIES, Overview
from vertrouwd.publication.overview.grids import FLAGS, Entry, SourceList
from vertrouwd.publication.overview.language import DUTCH, Language
from vertrouwd.publication.overview.sections import Section, compose


@dataclass(frozen=True)
class Card:
    """A key figure as shown."""

    label: str
    entry: Entry


@dataclass(frozen=True)
class SourceLine:
    """A published source: `address` when it is on the web, else only its text."""

    number: int
    text: str
    address: str = ""


def render_overview_file(overview: Overview) -> str:
    """`overview.html`: Dutch, complete with `overview.css` and two letter files beside it."""
    with translation.override("nl"):
        return render_to_string("publication/overview/file.html", overview_context(overview))


def overview_context(overview: Overview, *, language: Language = DUTCH) -> dict[str, Any]:
    """What the templates of the overview need."""
    composition = compose(overview, language=language)
    sources = composition.sources
    keys = {key.name: _entry(key.figure, sources, language) for key in overview.key_figures}
    change = next((k.figure for k in overview.key_figures if k.name == "change"), None)
    return {
        "overview": overview,
        "language": language,
        "wording": wording,
        "period": year_period(overview.year),
        "year_before": year_before(overview.year),
        "keys": {name.replace("-", "_"): entry for name, entry in keys.items()},
        "fell": bool(change and change.value < 0),
        "cards": [
            Card(language.label(name), keys[name]) for name in KEY_CATEGORIES if name in keys
        ],
        "sections": [(section, drawings(section)) for section in composition.sections],
        "series": next((s for s in composition.sections if s.name == "three-years"), None),
        "hatching": mark_safe(hatching()),  # noqa: S308
        "mismatches": [mismatch_text(mismatch, language) for mismatch in overview.mismatches],
        "changes": [change_text(change, language) for change in changed(overview)],
        "has_invented": overview.provenance.is_demonstration,
        "sources": list(source_lines(sources)),
    }


def drawings(section: Section) -> list[tuple[str, SafeString]]:
    """Title and drawing of every chart; `svg` escapes all text it is given."""
    return [(chart.title, mark_safe(svg(chart))) for chart in section.charts]  # noqa: S308


def year_before(year: str) -> str:
    """`2022-2023` -> `2021-2022`; `2022` -> `2021`."""
    return "-".join(str(int(part) - 1) for part in year.split("-"))


def mismatch_text(mismatch: Mismatch, language: Language = DUTCH) -> str:
    """The sum that does not meet its parts, in words and numbers."""
    number = language.number
    parts = sum(mismatch.parts.values())
    return (
        f"{mismatch.what} De delen zijn samen {number(parts)}, het totaal is "
        f"{number(mismatch.total)}: {number(abs(mismatch.difference))} "
        f"{'te veel' if mismatch.difference > 0 else 'te weinig'}."
    )


def changed(overview: Overview) -> list[dict[str, Any]]:
    """The cells a demonstration could not reproduce, because published ones contradict them."""
    return [dict(change) for change in overview.provenance.changed_cells]


def change_text(change: dict[str, Any], language: Language = DUTCH) -> str:
    """`2022-2023/dossiers/category=overig: gepubliceerd 8, hier 7.`, and why."""
    say, number = language.text, language.number
    published, drawn = number(change["published"]), number(change["drawn"])
    text = f"{change['cell']}: {say('gepubliceerd')} {published}, {say('hier')} {drawn}."
    return f"{text} {change.get('why', '')}".strip()


def source_lines(sources: SourceList) -> Iterator[SourceLine]:
    for number, reference in enumerate(sources.references, start=1):
        if reference.startswith(("https://", "http://")):
            yield SourceLine(number, reference.split("://", 1)[1], reference)
        else:
            yield SourceLine(number, reference)


def _entry(figure: SafeFigure, sources: SourceList, language: Language) -> Entry:
    reference = next((s.reference for s in figure.sources if s.reference), "")
    source = sources.number(reference) if figure.mark is Mark.PUBLISHED else 0
    value = figure.value
    text = language.number(abs(value))
    return Entry(int(value), text, figure.mark, FLAGS[figure.mark], source)
