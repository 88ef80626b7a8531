"""The page of the overview: what it says, and how every number is marked."""

import re
from dataclasses import replace

import pytest

from tests.publication.overview_example import ExampleRelease, release_of_a_real_year
from tests.publication.overview_reading import read_tables
from vertrouwd.disclosure.safe import Mark, SafeTable
from vertrouwd.publication.dutch import dutch_number
from vertrouwd.publication.overview import wording
from vertrouwd.publication.overview.contents import as_json, overview_of
from vertrouwd.publication.overview.page import render_overview_file

RELEASE = ExampleRelease()


@pytest.fixture(scope="module")
def page() -> str:
    return render_overview_file(overview_of(RELEASE))


def shown(table: SafeTable, page: str) -> list[str]:
    """The cells of a table on the page, line by line, block headings left out."""
    rows = read_tables(page)[table.name].rows
    return [cell for row in rows if len(row) > 1 for cell in row[1:]]


def expected(table: SafeTable) -> list[str]:
    """The same cells as the release says them, in the order of the release."""
    flags = {Mark.PUBLISHED: r" g\d+", Mark.INVENTED: " v", Mark.COUNTED: ""}
    return [
        "niet gepubliceerd"
        if row.value is None
        else re.escape(dutch_number(row.value)) + flags[row.mark]
        for row in table.rows
    ]


@pytest.mark.parametrize("table", [*RELEASE.tables, RELEASE.series], ids=lambda table: table.name)
def test_every_number_on_the_page_is_that_of_the_release_and_says_where_it_comes_from(table, page):
    cells, wanted = shown(table, page), expected(table)
    assert len(cells) == len(wanted)
    unmatched = list(cells)
    for pattern in wanted:  # unknown and total move to the end of a line, so order may differ
        match = next((cell for cell in unmatched if re.fullmatch(pattern, cell)), None)
        assert match, f"{table.name}: {pattern} is not on the page"
        unmatched.remove(match)


def test_a_number_stands_under_its_own_codes(page):
    table = read_tables(page)["category-by-sector"]
    line = next(row for row in table.rows if row[0] == "discriminatie")
    assert line[table.header.index("vo")].split()[0] == "57"


def test_a_demonstration_says_so_on_top_and_explains_its_marks(page):
    assert wording.DEMONSTRATION in page
    assert page.index("DEMO") < page.index("<h1>")
    assert "verzonnen: dit aantal" in page


def test_a_real_year_has_no_banner_and_no_mark_of_invention():
    page = render_overview_file(overview_of(release_of_a_real_year()))
    assert "DEMO" not in page
    assert "verzonnen" not in page
    assert not re.search(r"<i>v</i>", page)
    assert "zonder letter: geteld" in page


@pytest.mark.parametrize(
    "sentence",
    [
        "Dat een melding wordt gedaan, wil niet zeggen dat er zich ook een ernstig feit heeft "
        "voorgedaan",
        "geen onderzoek naar de achtergrond",
        "Meldingen meten niet hoe vaak iets gebeurt",
        "samengevoegd tot één dossier",
    ],
)
def test_what_must_always_be_said_is_said(page, sentence):
    assert sentence in page


def test_a_rise_stands_beside_its_base_and_its_percentage(page):
    text = "409 meer dan in 2021-2022 (1.743 dossiers): een stijging van 23,5 %"
    assert text in page


def test_a_fall_is_called_a_fall():
    page = render_overview_file(overview_of(ExampleRelease(before=2690)))
    assert "538 minder dan in 2021-2022 (2.690 dossiers): een daling van 20,0 %" in page


def test_a_year_of_which_only_meldingen_are_known_speaks_of_meldingen():
    release = ExampleRelease()
    reports = {0: 2074, -1: 1982}

    def figure(measure="dossiers", *, year=0, **codes):
        if measure == "dossiers" or codes:
            return None
        made = ExampleRelease().figure("reports")
        return replace(made, id=f"reports{year}", value=reports[year])

    release.figure = figure  # type: ignore[method-assign]
    overview = overview_of(release)
    page = render_overview_file(overview)
    assert as_json(overview)["unit"] == "reports"
    assert "92 meer dan in 2021-2022 (1.982 meldingen): een stijging van 4,6 %" in page
    assert "1.982 dossiers" not in page


def test_without_an_earlier_figure_nothing_is_compared():
    release = ExampleRelease()
    release.figure = lambda measure="dossiers", *, year=0, **codes: (  # type: ignore[method-assign]
        None if year else ExampleRelease().figure(measure, **codes)
    )
    page = render_overview_file(overview_of(release))
    assert "meer dan in" not in page
    assert "2.152" in page


def test_what_an_earlier_year_did_not_publish_is_named_as_a_gap(page):
    line = next(r for r in read_tables(page)["three-years"].rows if r[0] == "psychisch geweld")
    assert line[1:] == ["niet gepubliceerd", "752 g2", "992 g1"]


def test_a_published_number_leads_to_its_source(page):
    numbers = set(re.findall(r'href="#bron-(\d+)"', page))
    assert numbers
    for number in numbers:
        assert f'id="bron-{number}"' in page
    assert "https://zoek.officielebekendmakingen.nl/kst-29240-136.html" in page
    assert "Kamerstuk 29 240, nr. 136" in page


def test_sums_that_do_not_meet_their_parts_are_told(page):
    assert RELEASE.mismatches[0].what in page
    assert "categorie overig: gepubliceerd 8, hier 7" in page


def test_the_page_says_which_snapshot_it_stands_on(page):
    assert "2022-2023 revisie 1" in page
    assert "a" * 64 in page


def test_the_page_opens_from_disk_without_scripts_or_anything_from_elsewhere(page):
    assert "<script" not in page
    assert "style=" not in page
    loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', page)
    assert loaded == ["overview.css"]


def test_the_page_weighs_at_most_60_kB(page):
    assert len(page.encode()) <= 60_000


def test_one_dossier_is_written_in_the_singular():
    overview = overview_of(RELEASE)
    keys = tuple(
        replace(key, figure=replace(key.figure, value=1)) if key.name.startswith("total") else key
        for key in overview.key_figures
    )
    page = " ".join(render_overview_file(replace(overview, key_figures=keys)).split())
    assert "(1 dossier):" in page
    assert "1 dossiers" not in re.sub(r"<[^>]+>", "", page)
