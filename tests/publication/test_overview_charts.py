"""Charts: bars as long as their numbers, invented ones striped, words for who cannot see them."""

import re
from xml.etree import ElementTree

import pytest

from vertrouwd.disclosure.safe import Mark
from vertrouwd.publication.overview.charts import Bar, Chart, Group, svg

BARS = (
    Bar("po", 100, "100 g", Mark.PUBLISHED),
    Bar("vo", 50, "50 v", Mark.INVENTED),
    Bar("ho", None, "niet gepubliceerd"),
)
CHART = Chart("c", "Dossiers & sectoren", "Het meest: <po>", (Group("", BARS),))


def test_a_bar_is_as_long_as_its_number_is_large():
    assert re.findall(r"width=([\d.]+)%", svg(CHART)) == ["100", "50"]


def test_small_charts_beside_each_other_share_one_scale():
    chart = Chart("c", "t", "d", (Group("", BARS[:1]),), top=400)
    assert re.findall(r"width=([\d.]+)%", svg(chart)) == ["25"]


def test_an_invented_number_has_a_striped_bar_and_its_letter():
    drawing = svg(CHART)
    assert drawing.count('class="w0"') == 1
    assert drawing.count('class="b0"') == 1
    assert ">50 v<" in drawing


def test_a_gap_is_written_and_not_drawn():
    assert "niet gepubliceerd" in svg(CHART)
    assert svg(CHART).count("<rect") == 2


def test_a_chart_tells_its_title_and_its_description():
    drawing = svg(CHART)
    assert 'role="img" aria-labelledby="c-t c-d"' in drawing
    assert '<title id="c-t">Dossiers &amp; sectoren</title>' in drawing
    assert "Het meest: &lt;po&gt;" in drawing


@pytest.mark.parametrize("kind", ["bars", "columns"])
def test_the_drawing_for_paper_is_complete_in_itself(kind):
    bars = tuple(Bar(f"mei {2022 + n}", n, str(n), Mark.INVENTED) for n in range(3))
    chart = Chart("c", "t", "d", (Group("", bars),), kind=kind)
    root = ElementTree.fromstring(svg(chart, width=400))
    rects = [r for r in root.iter("{http://www.w3.org/2000/svg}rect") if "url" in r.get("fill", "")]
    assert len(rects) == 3
    assert not [element for element in root.iter() if element.get("style")]


def test_a_year_in_which_nothing_was_counted_can_be_drawn():
    assert "0" in svg(Chart("c", "t", "d", (Group("", (Bar("po", 0, "0"),)),)))


def test_months_have_the_short_names_of_a_dutch_calendar():
    bars = tuple(Bar(f"{month} 2023", 1, "1") for month in ("februari", "maart", "april"))
    drawn = svg(Chart("m", "Maanden", "", (Group("", bars),), kind="columns"))
    for short in ("feb<", "mrt<", "apr<"):
        assert short in drawn
