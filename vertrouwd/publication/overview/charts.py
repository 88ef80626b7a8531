"""Charts from our own cells, as SVG: a title, a description, labels on the bars, no script.

A number drawn for a demonstration has a hatched bar, a counted or published one a solid bar, so
colour never carries it alone. Widths are percentages, letters keep their size: the chart fits any
screen. On paper (`width` given) the same drawing gets that many units of 1/96 inch.
"""

from dataclasses import dataclass
from html import escape

from vertrouwd.disclosure.safe import Mark

INK, SOFT = "#1f2a2e", "#55646a"
TONES = ("#14595c", "#7aa5a4", "#b3cbc8")  # this year, the year before, two years before
SECOND = "#9a5b13"  # reports, where both units stand side by side
SHORT = {"maart": "mrt"}  # the other months are known by their first three letters
VALUE_SPACE = 64  # room right of the longest bar for its number


@dataclass(frozen=True)
class Bar:
    """One bar. `value` None draws no bar, only `text` («niet gepubliceerd»)."""

    label: str
    value: int | None
    text: str
    mark: Mark = Mark.COUNTED
    tone: int = 0


@dataclass(frozen=True)
class Group:
    """Bars under one heading; no heading, no extra line."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """What a chart shows; drawn by `svg`, once for the page and once for paper."""

    name: str
    title: str
    description: str
    groups: tuple[Group, ...]
    kind: str = "bars"  # bars | columns
    label_width: int = 0  # 0: the label stands above its bar
    top: int = 0  # the number that fills the width; 0: the largest of the bars
    second: bool = False  # drawn in the colour of the second unit

    @property
    def scale(self) -> int:
        values = [bar.value or 0 for group in self.groups for bar in group.bars]
        return max([self.top, *values]) or 1


def svg(chart: Chart, *, width: int = 0) -> str:
    """The drawing. `width` 0: for a page, with CSS classes; else for paper, complete in itself."""
    paint = _Paint(width, chart.second)
    draw = _columns if chart.kind == "columns" else _bars
    body, height = draw(chart, paint)
    if width:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="-{chart.label_width} 0 {width} {height}" '
            'font-family="Vertrouwd Sans" font-size="14">'
            f"<defs>{hatching(chart.second)}</defs>{body}</svg>"
        )
    title, description = f"{chart.name}-t", f"{chart.name}-d"
    return (
        f'<svg class="chart {chart.kind} p{chart.label_width}" height="{height}" '
        f'role="img" aria-labelledby="{title} {description}">'
        f'<title id="{title}">{escape(chart.title)}</title>'
        f'<desc id="{description}">{escape(chart.description)}</desc>{body}</svg>'
    )


def hatching(second: bool = False) -> str:
    """The patterns of invented numbers, once a page: hatch0-2 for the tones, hatch-second."""
    colours = [*TONES, SECOND]
    names = ["hatch0", "hatch1", "hatch2", "hatch-second"]
    return "".join(
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="{name}" width="3.4" height="6" '
        f'fill="{colour}"/></pattern>'
        for name, colour in zip(names, colours, strict=True)
    )


@dataclass(frozen=True)
class _Paint:
    """Classes on a page, colours on paper; percentages on a page, units on paper."""

    width: int
    second: bool

    def bar(self, bar: Bar) -> str:
        tone = "-second" if self.second else str(bar.tone)
        invented = bar.mark is Mark.INVENTED
        if not self.width:
            return f'class="{"w" if invented else "b"}{tone}"'
        colour = SECOND if self.second else TONES[bar.tone]
        if not invented:
            return f'fill="{colour}"'
        return f'fill="url(#hatch{tone})" stroke="{colour}" stroke-width="1"'

    def text(self, kind: str) -> str:
        """Kinds: l label, n number, h heading, q quiet."""
        if not self.width:
            return f'class="{kind}"' if kind != "l" else ""
        return {
            "l": f'fill="{INK}"',
            "n": f'fill="{INK}" font-weight="600"',
            "h": f'fill="{INK}" font-weight="600"',
            "q": f'fill="{SOFT}"',
        }[kind]

    def share(self, part: float, *, of: float = 0) -> str:
        """A length as a part (0-1) of the plot, which is `of` units wide on paper."""
        return f"{part * of:.1f}" if self.width else f"{part * 100:.4g}%"


def _bars(chart: Chart, paint: _Paint) -> tuple[str, int]:
    step = 24 if chart.label_width else 50
    y, drawn = 0, []
    for group in chart.groups:
        if group.heading:
            left = f'x="-{chart.label_width}" ' if chart.label_width else ""
            drawn.append(
                f'<text {paint.text("h")} {left}y="{y + 15}">{escape(group.heading)}</text>'
            )
            y += 24
        for bar in group.bars:
            drawn.append(_one_bar(chart, bar, paint, y))
            y += step
        y += 14 if group.heading else 0
    return "".join(drawn), y


def _one_bar(chart: Chart, bar: Bar, paint: _Paint, y: int) -> str:
    """Zero is where the bars begin; a label beside its bar stands left of it."""
    left = chart.label_width
    where = f'x="-{left}" ' if left else ""
    label = f'<text {paint.text("l")} {where}y="{y + 15}">{escape(bar.label)}</text>'
    base = y if left else y + 21
    if bar.value is None:
        return label + f'<text {paint.text("q")} y="{base + 15}">{bar.text}</text>'
    end = paint.share(bar.value / chart.scale, of=paint.width - left - VALUE_SPACE)
    if not paint.width:  # height and distance stand in the style sheet
        return (
            f"{label}<rect {paint.bar(bar)} y={base + 1} width={end} />"
            f"<text class=n x={end} y={base + 15}>{bar.text}</text>"
        )
    return (
        f'{label}<rect {paint.bar(bar)} y="{base + 1}" width="{end}" height="17"/>'
        f'<text {paint.text("n")} x="{end}" dx="7" y="{base + 15}">{bar.text}</text>'
    )


def _columns(chart: Chart, paint: _Paint) -> tuple[str, int]:
    bars = [bar for group in chart.groups for bar in group.bars]
    top, height, drawn, shown = 18, 120, [], ""
    each = 1 / max(len(bars), 1)
    for place, bar in enumerate(bars):
        middle = paint.share((place + 0.5) * each, of=paint.width)
        month, _, year = bar.label.partition(" ")
        if bar.value is not None:
            size = round(bar.value / chart.scale * height)
            x = paint.share((place + 0.14) * each, of=paint.width)
            wide = paint.share(0.72 * each, of=paint.width)
            drawn.append(
                f'<rect {paint.bar(bar)} x="{x}" y="{top + height - size}" '
                f'width="{wide}" height="{size}"/>'
            )
            drawn.append(_middle(paint, "n", middle, top + height - size - 6, bar.text))
        drawn.append(_middle(paint, "q", middle, top + height + 16, SHORT.get(month, month[:3])))
        if year != shown:
            drawn.append(_middle(paint, "q", middle, top + height + 31, year))
        shown = year
    return "".join(drawn), top + height + 38


def _middle(paint: _Paint, kind: str, x: str, y: int, text: str) -> str:
    size = ' font-size="12"' if paint.width else ""
    return (
        f'<text {paint.text(kind)} x="{x}" y="{y}" text-anchor="middle"{size}>{escape(text)}</text>'
    )
