"""A house with colours of its own puts them in one file; it asks nobody for anything."""

import pytest
from django.test import Client

from vertrouwd.publication.theme import LARGEST

OURS = ":root { --accent: #7a1f4b; --focus: #ffd000; }\n"
LINK = '<link rel="stylesheet" href="/theme.css">'


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_without_a_theme_no_page_asks_for_one(home, visitor):
    assert LINK not in visitor.get("/").content.decode()
    assert visitor.get("/theme.css").status_code == 404


def test_the_file_in_the_home_comes_after_our_own_style(home, visitor):
    (home / "theme.css").write_text(OURS)
    page = visitor.get("/").content.decode()
    assert page.index("publication.css") < page.index(LINK)
    answer = visitor.get("/theme.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer.content.decode() == OURS


def test_the_setting_names_a_file_elsewhere(home, visitor, settings, tmp_path):
    named = tmp_path / "huisstijl.css"
    named.write_text(OURS)
    settings.VERTROUWD_THEME = str(named)
    assert visitor.get("/theme.css").content.decode() == OURS


@pytest.mark.parametrize(
    "style",
    [
        '@import "x.css";', "p { background: url(//example.nl/a.png) }",
        "p { background: URL (x) }",
        'p { background: image-set("a.png" 1x) }', "p { background: u\\72l(x) }",
        "/* https://example.nl */", "a" * (LARGEST + 1),
    ],
)  # fmt: skip
def test_a_theme_that_asks_for_something_or_is_large_is_not_given(home, visitor, style):
    (home / "theme.css").write_text(style)
    assert visitor.get("/theme.css").status_code == 404


def test_a_theme_that_is_no_text_is_not_given(home, visitor):
    (home / "theme.css").write_bytes(b"\xff\xfe")
    assert visitor.get("/theme.css").status_code == 404
