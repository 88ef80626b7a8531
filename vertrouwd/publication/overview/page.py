"""The overview as a page: for the file that opens from disk, and for the public site."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from vertrouwd.disclosure.safe import Mark, SafeFigure
from vertrouwd.publication.dutch import year_back, year_period
from vertrouwd.publication.overview import wording
from vertrouwd.publication.overview.charts import hatching, svg
from vertrouwd.publication.overview.contents import KEY_CATEGORIES, Overview
from vertrouwd.publication.overview.grids import FLAGS, Entry, SourceList
from vertrouwd.publication.overview.language import DUTCH, Language
from vertrouwd.publication.overview.sections import Section, compose

SINGULAR = {"dossiers": "dossier", "reports": "melding"}


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


def overview_context(
    overview: Overview, *, language: Language = DUTCH, only: Collection[str] = ()
) -> dict[str, Any]:
    """What the templates of the overview need; `only` names the sections to lay out, else all."""
    sources = SourceList()
    keys = {key.name: _entry(key.figure, sources, language) for key in overview.key_figures}
    sections = compose(overview, sources, language=language)
    change = next((key.figure for key in overview.key_figures if key.name == "change"), None)
    cards = [Card(language.label(name), keys[name]) for name in KEY_CATEGORIES if name in keys]
    shown = [section for section in sections if not only or section.name in only]
    revision = f", {language.text('revisie')} "
    return {
        "overview": overview,
        "wording": wording,
        "foreign": "nl" if language.code != "nl" else "",  # for words that exist in Dutch only
        "period": year_period(overview.year),
        "year_before": year_back(overview.year),
        "keys": {name.replace("-", "_"): entry for name, entry in keys.items()},
        "unit": _unit(overview.unit, keys.get("total"), language),
        "unit_before": _unit(overview.unit, keys.get("total-before"), language),
        "counts_dossiers": overview.unit == "dossiers",
        "fell": bool(change and change.value < 0),
        "cards": cards,
        "sections": [(section, drawings(section)) for section in shown],
        "hatching": mark_safe(hatching()),  # noqa: S308
        "mismatches": [mismatch.what for mismatch in overview.mismatches],
        "changes": [change_text(c, language) for c in overview.provenance.changed_cells],
        "snapshot": overview.provenance.snapshot.replace(" revision ", revision),
        "has_invented": overview.provenance.is_demonstration,
        "sources": list(source_lines(sources)),
    }


def drawings(section: Section) -> list[tuple[str, SafeString]]:
    """Title and drawing of every chart; `svg` escapes all text it is given."""
    return [(chart.title, mark_safe(svg(chart))) for chart in section.charts]  # noqa: S308


def change_text(change: Mapping[str, Any], language: Language = DUTCH) -> str:
    """A changed cell of a demonstration: `dossiers, categorie overig: gepubliceerd 8, hier 7.`"""
    say, number = language.text, language.number
    _, measure, *codes = str(change["cell"]).split("/", 2)
    named = (part.partition("=") for part in "".join(codes).split("/") if part)
    where = [f"{language.label(name)} {language.label(code)}" for name, _, code in named]
    published, drawn = number(change["published"]), number(change["drawn"])
    return (
        f"{', '.join([language.label(measure), *where])}: {say('gepubliceerd')} {published}, "
        f"{say('hier')} {drawn}."
    )


def source_lines(sources: SourceList) -> Iterator[SourceLine]:
    """The sources with their address; a Kamerstuk is found on the site of official publications."""
    for number, reference in enumerate(sources.references, start=1):
        if paper := re.match(r"Kamerstuk (\d+) nr\. (\d+)", reference):
            address = "https://zoek.officielebekendmakingen.nl/kst-{}-{}.html".format(
                *paper.groups()
            )
            file, letter = f"{int(paper[1]):_}".replace("_", " "), paper[2]
            yield SourceLine(number, f"Kamerstuk {file}, nr. {letter}", address)
        elif reference.startswith(("https://", "http://")):
            yield SourceLine(number, reference.split("://", 1)[1], reference)
        else:
            yield SourceLine(number, reference)


def _unit(unit: str, entry: Entry | None, language: Language) -> str:
    """What a number counts, in the singular behind 1."""
    one = entry is not None and entry.value == 1
    return language.text(SINGULAR[unit]) if one else language.label(unit)


def _entry(figure: SafeFigure, sources: SourceList, language: Language) -> Entry:
    reference = next((s.reference for s in figure.sources if s.reference), "")
    source = sources.number(reference) if figure.mark is Mark.PUBLISHED else 0
    value = figure.value
    text = language.number(abs(value))
    return Entry(int(value), text, figure.mark, FLAGS[figure.mark], source)
