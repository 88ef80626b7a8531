"""The overview and the public pages in a real browser: readable by everybody, on any screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.console import listen
from tests.publication.overview_example import ExampleRelease, release_of_a_real_year
from vertrouwd.publication.overview.files import write_overview

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADDRESSES = [
    "/", "/cijfers", "/cijfers/2022-2023", "/cijfers?taal=en", "/cijfers/2022-2023?taal=en",
    "/nergens",
]  # fmt: skip


@pytest.fixture(scope="module")
def overview_file(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("overview")
    write_overview(ExampleRelease(), folder)
    return (folder / "overview.html").as_uri()


@pytest.fixture
def site(live_server, home) -> Iterator[str]:
    """The public site of a home in which two years were published."""
    write_overview(ExampleRelease(), home / "publications/2022-2023/overview")
    earlier = release_of_a_real_year()
    earlier.year = "2021-2022"
    write_overview(earlier, home / "publications/2021-2022/overview")
    assert home == settings.VERTROUWD_HOME
    yield live_server.url


def show(page, address: str, *, width: int, scheme: str = "light", **media: str):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, **media)
    page.goto(address)
    return page


def findings(page) -> list[str]:
    """What axe has to say: rule, and the first element it is about."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    ask = "async options => (await axe.run(document, options)).violations"
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in page.evaluate(ask, options)]


def widens(page) -> list[str]:
    """Elements that make the page wider than its window, outside what may scroll by itself."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1)
          .map(e => e.outerHTML.slice(0, 80))"""
    )


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
)
def test_the_overview_from_disk_is_accessible_and_fits(page, overview_file, width, scheme):
    show(page, overview_file, width=width, scheme=scheme)
    assert findings(page) == []
    assert widens(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_public_pages_are_accessible_and_fit(page, site, width, scheme):
    found = {}
    for address in ADDRESSES:
        show(page, site + address, width=width, scheme=scheme)
        found[address] = findings(page) + widens(page)
    assert not {address: wrong for address, wrong in found.items() if wrong}


def test_the_empty_site_is_accessible(page, live_server, home):
    show(page, live_server.url + "/cijfers", width=320)
    assert "nog geen cijfers" in page.inner_text("main")
    assert findings(page) == []


def test_letters_at_twice_their_size_still_fit(page, overview_file):
    # 200 % zoom of a window of 1280 is a window of 640 with pixels of twice the size.
    show(page, overview_file, width=640)
    page.add_style_tag(content="html { font-size: 200% }")
    assert widens(page) == []


def test_high_contrast_keeps_bars_and_letters_apart(page, overview_file):
    show(page, overview_file, width=1280, forced_colors="active")
    bar = page.locator("rect.b0").first
    fill, ground = (
        bar.evaluate("e => getComputedStyle(e).fill"),
        page.evaluate("getComputedStyle(document.body).backgroundColor"),
    )
    assert fill != ground


def test_nothing_is_asked_of_anybody_else_and_no_cookie_is_kept(page, site):
    asked, refused = [], listen(page)
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES[:4]:
        page.goto(site + address)
    assert {url for url in asked if not url.startswith(site)} == set()
    assert page.context.cookies() == []
    assert refused == []  # the policy of the page refused nothing of its own


def test_our_own_letters_are_used(page, site):
    page.goto(site + "/cijfers")
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length")
    assert loaded == 2


def test_every_page_works_without_scripts(page_without_scripts, site):
    page = page_without_scripts
    page.goto(site + "/")
    page.click("text=Bekijk de cijfers")
    page.click("text=Bekijk het hele overzicht")
    assert page.locator("table").count() == 1 + len(ExampleRelease().tables)
    page.click("text=English")
    assert "school year 2022-2023" in page.inner_text("h1")
    page.click("text=2022-2023 >> nth=0", trial=True)


def test_a_wide_table_can_be_moved_with_the_keyboard(page, overview_file):
    show(page, overview_file, width=320)
    table = page.locator("#category-by-sector .scroll")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('#category-by-sector .scroll').scrollLeft > 0")
    heading = page.locator("#category-by-sector tbody th").first
    assert heading.bounding_box()["x"] >= 0  # the first column stays in sight


def test_a_bar_is_drawn_as_long_as_its_number(page, overview_file):
    show(page, overview_file, width=1280)
    widths = page.locator("#category rect").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().width)"
    )
    assert widths[0] / widths[2] == pytest.approx(152 / 992, abs=0.01)


def test_paper_shows_every_column_and_no_furniture(page, overview_file):
    show(page, overview_file, width=700, media="print")
    assert not page.locator(".contents").is_visible()
    assert (
        page.locator("#subcategory-by-sector .scroll").evaluate(
            "e => getComputedStyle(e).overflowX"
        )
        == "visible"
    )
