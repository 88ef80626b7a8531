"""The overview as a document: PDF/UA-1, set by typst with our own letters only."""

from pathlib import Path
from typing import Any

from vertrouwd.publication import typesetting
from vertrouwd.publication.dutch import year_period
from vertrouwd.publication.overview import wording
from vertrouwd.publication.overview.charts import Chart, svg
from vertrouwd.publication.overview.contents import Overview
from vertrouwd.publication.overview.grids import Entry
from vertrouwd.publication.overview.page import Card, overview_context
from vertrouwd.publication.overview.sections import Section

TEMPLATE = Path(__file__).with_name("overview.typ")
# Widths on paper, in units of 1/96 inch at three quarters of their size.
FULL_WIDTH, HALF_WIDTH, PANEL_WIDTH, SERIES_WIDTH = 640, 320, 325, 270


def render_document(overview: Overview) -> bytes:
    """`overview.pdf`: tagged, Dutch, every chart with its words, every table with its headers.

    Raises RuntimeError with typst's message when it cannot be set.
    """
    return typesetting.pdf_bytes(TEMPLATE, data=document_data(overview))


def document_data(overview: Overview) -> dict[str, Any]:
    """Everything the typst template prints, as plain data."""
    context = overview_context(overview)
    keys = context["keys"]
    return {
        "year": overview.year,
        "title": f"Cijferoverzicht vertrouwensinspecteurs {overview.year}",
        "year_name": f"{'kinderopvang' if overview.is_childcare else 'schooljaar'} {overview.year}",
        "period": year_period(overview.year),
        "demonstration": wording.DEMONSTRATION if context["has_invented"] else "",
        "about": wording.ABOUT_CHILDCARE if overview.is_childcare else wording.ABOUT,
        "read_first": [
            wording.NOT_A_FACT,
            wording.NO_INVESTIGATION,
            wording.NOT_HOW_OFTEN,
            wording.NEW_DOSSIERS,
        ],
        "footnote": wording.FOOTNOTE,
        "unit": context["unit"],
        "total": _entry(keys["total"]) if "total" in keys else None,
        "change": _change(context),
        "reports": _entry(keys["reports"]) if "reports" in keys else None,
        "cards": [_card(card) for card in context["cards"]],
        "sections": [_section(section) for section, _ in context["sections"]],
        "mismatches": context["mismatches"],
        "policy": {"name": overview.policy.name, "text": overview.policy.text},
        "sources": [vars(source) for source in context["sources"]],
        "snapshot": context["snapshot"],
        "provisional": wording.PROVISIONAL if overview.provenance.is_provisional else "",
        "sum": wording.SUM,
        "hashes": list(overview.provenance.sha256.items()),
        "changes": context["changes"],
    }


def _change(context: dict[str, Any]) -> str:
    keys = context["keys"]
    if "change" not in keys:
        return ""
    more, rise = ("minder", "daling") if context["fell"] else ("meer", "stijging")
    base = f"{context['year_before']} ({keys['total_before'].text} {context['unit_before']})"
    return (
        f"Dat zijn er {keys['change'].text} {more} dan in {base}: "
        f"een {rise} van {keys['change_percent'].text} %."
    )


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "text": entry.text,
        "flag": entry.flag + (str(entry.source) if entry.source else ""),
        "invented": entry.is_invented,
        "gap": entry.is_gap,
    }


def _card(card: Card) -> dict[str, Any]:
    return {"label": card.label, **_entry(card.entry)}


def _section(section: Section) -> dict[str, Any]:
    width = HALF_WIDTH if section.layout else FULL_WIDTH
    if section.layout and len(section.grid.columns) > 1:
        width = PANEL_WIDTH if section.layout == "panels" else SERIES_WIDTH
    return {
        "name": section.name,
        "heading": section.heading,
        "introduction": section.introduction,
        "layout": section.layout,
        "charts": [_chart(chart, width) for chart in section.charts],
        "corner": section.grid.corner,
        "columns": list(section.grid.columns),
        "blocks": [
            {
                "heading": block.heading,
                "lines": [
                    {
                        "label": line.label,
                        "total": line.is_total,
                        "entries": [_entry(entry) for entry in line.entries],
                    }
                    for line in block.lines
                ],
            }
            for block in section.grid.blocks
        ],
        "notes": [text for text, _ in section.notes],
    }


def _chart(chart: Chart, width: int) -> dict[str, str]:
    return {
        "title": chart.title,
        "alt": f"Staafdiagram. {chart.title}: {chart.description}",
        "svg": svg(chart, width=width),
    }
