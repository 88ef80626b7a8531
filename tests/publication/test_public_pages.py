"""The public pages, as anybody meets them."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.publication.overview_example import ExampleRelease, release_of_a_real_year
from tests.publication.overview_reading import read_tables
from tests.publication.weight import weight
from vertrouwd.publication.overview.files import write_overview

SCRIPT = '<script src="/static/publication/exit.js" defer></script>'
DOOR = [
    "/wegwijzer", "/melden", "/postvak", "/veilig-melden", "/privacy", "/toegankelijkheid",
]  # fmt: skip
PAGES = ["/", "/cijfers", "/cijfers/2022-2023", "/nergens"]


@pytest.fixture
def published(home) -> Path:
    """A home in which 2022-2023 was published, with a letter beside it."""
    folder = home / "publications" / "2022-2023"
    write_overview(ExampleRelease(), folder / "overview")
    (folder / "letter").mkdir()
    (folder / "letter" / "letter.txt").write_text("Geachte voorzitter,")
    (folder / "letter" / "draft.odt").write_text("niet voor u")
    return home


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def text(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def test_without_a_publication_the_pages_say_so_kindly(home, visitor):
    assert "nog geen cijfers gepubliceerd" in text(visitor.get("/cijfers"))
    assert visitor.get("/").status_code == 200
    assert visitor.get("/cijfers/2022-2023").status_code == 404


def test_the_figures_page_shows_the_newest_year_in_short(published, visitor):
    page = text(visitor.get("/cijfers"))
    tables = read_tables(page)
    assert set(tables) == {"three-years", "category"}
    assert ["psychisch geweld", "992 g1"] in tables["category"].rows
    assert "2.152" in page


def test_every_year_that_was_made_is_listed(published, visitor):
    write_overview(ExampleRelease(year="2021-2022"), published / "publications/2021-2022/overview")
    page = text(visitor.get("/cijfers"))
    assert 'href="/cijfers/2021-2022"' in page
    assert 'href="/cijfers/2022-2023"' in page


def test_the_list_of_years_tells_a_school_year_from_a_year_of_childcare(published, visitor):
    write_overview(ExampleRelease(year="2022"), published / "publications/2022/overview")
    page = text(visitor.get("/cijfers"))
    assert ">schooljaar 2022-2023</a>" in page
    assert ">kinderopvang 2022</a>" in page


def test_a_broken_publication_does_not_break_the_page(published, visitor):
    folder = published / "publications/2023-2024/overview"
    folder.mkdir(parents=True)
    (folder / "overview.json").write_text('{"year": "2023-2024"}')
    assert "2022-2023" in text(visitor.get("/cijfers"))
    assert visitor.get("/cijfers/2023-2024").status_code == 404


def test_the_page_of_a_year_holds_every_table(published, visitor):
    tables = read_tables(text(visitor.get("/cijfers/2022-2023")))
    assert set(tables) == {"three-years", *(table.name for table in ExampleRelease().tables)}


def test_a_new_overview_is_shown_at_once(published, visitor):
    assert "DEMO" in text(visitor.get("/cijfers"))
    write_overview(release_of_a_real_year(), published / "publications/2022-2023/overview")
    assert "DEMO" not in text(visitor.get("/cijfers"))


@pytest.mark.parametrize("address", ["/", "/melden", "/postvak", "/wegwijzer"])
def test_who_tells_something_in_a_demonstration_hears_that_nobody_reads_it(
    address, settings, home, visitor
):
    assert "DEMO" not in text(visitor.get(address))
    settings.IS_DEMONSTRATION = True
    assert "Geen vertrouwensinspecteur leest wat je hier schrijft" in text(visitor.get(address))
    english = text(visitor.get(f"{address}?taal=en"))
    assert "No confidential inspector reads what you write here" in english


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("overview/overview.html", "text/html; charset=utf-8"),
        ("overview/overview.pdf", "application/pdf"),
        ("overview/overview.csv", "text/csv; charset=utf-8"),
        ("overview/tables/month.csv", "text/csv; charset=utf-8"),
        ("overview/overview.json", "application/json"),
        ("letter/letter.txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_is_given_as_it_was_made_and_as_what_it_is(published, visitor, name, content_type):
    answer = visitor.get(f"/cijfers/2022-2023/{name}")
    made = (published / "publications/2022-2023" / name).read_bytes()
    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert b"".join(answer.streaming_content) == made


@pytest.mark.parametrize(
    "address",
    [
        "/cijfers/2022-2023/letter/draft.odt",
        "/cijfers/2022-2023/letter/letter.odt",  # allowed, not there
        "/cijfers/2022-2023/overview/../letter/draft.odt",
        "/cijfers/2022-2023/overview/tables/../../letter/draft.odt",
        "/cijfers/../secret.key",
        "/cijfers/..%2f..%2fsecret.key/overview/overview.csv",
        "/cijfers/2022-2023/%2fetc%2fpasswd",
        "/cijfers/%F0%9F%92%A9",
        "/cijfers/2022-2023' OR 1=1",
        "/cijfers/٢٠٢٢",
        "/<script>alert(1)</script>",
    ],
)
def test_anything_else_is_not_there(published, visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert "<script>alert" not in text(answer)


def test_an_address_that_is_none_is_refused(published, visitor):
    answer = visitor.get("/cijfers/2022-2023/overview/tables/%00.csv")
    assert answer.status_code == 400
    assert "2022-2023" not in text(answer)


def test_every_link_of_our_own_leads_somewhere(published, visitor):
    for address in ("/", "/cijfers", "/cijfers?taal=en", "/cijfers/2022-2023"):
        page = text(visitor.get(address))
        anchors = set(re.findall(r' id="?([\w-]+)', page))
        for target in set(re.findall(r'href="([^"]+)"', page)):
            path, _, anchor = target.partition("#")
            if path.startswith("/static/") or target.startswith("tel:"):
                continue
            if path:
                assert visitor.get(path).status_code in (200, 302), target
            elif anchor:
                assert anchor in anchors, target


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_quick_exit_a_skip_link_and_no_third_party(published, visitor, address):
    page = text(visitor.get(address))
    assert page.count('id="exit"') == 1
    assert '<a class="skip" href="#inhoud">' in page
    assert 'id="inhoud"' in page
    assert "://" not in page
    assert re.findall("<script.*", page) == [SCRIPT]
    assert "style=" not in page


def test_the_quick_exit_leads_away(visitor):
    answer = visitor.get("/weg")
    assert answer.status_code == 302
    assert answer["Location"].startswith("https://")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PAGES)
def test_titles_are_neutral(published, visitor, address):
    title = re.search(r"<title>(.*?)</title>", text(visitor.get(address)))[1]
    assert re.fullmatch(r"Informatie|Cijfers 2022-2023", title.strip())


@pytest.mark.parametrize("address", PAGES)
def test_no_cookie_is_set_and_the_headers_of_the_contract_are_there(published, visitor, address):
    answer = visitor.get(address)
    assert not answer.cookies
    directives = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part
    )
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", [*PAGES[:-1], *DOOR])
def test_a_page_weighs_at_most_60_kB_letters_and_all(published, visitor, address):
    assert 17_000 < weight(visitor, address) <= 60_000


def test_english_is_a_link_that_carries_nothing_but_the_language(published, visitor):
    page = text(visitor.get("/cijfers"))
    assert 'href="/cijfers?taal=en" hreflang="en"' in page
    english = text(visitor.get("/cijfers?taal=en"))
    assert '<html lang="en">' in english
    assert "psychological violence" in english
    assert "2,152" in english
    assert "a rise of 23.5%" in english
    assert 'href="/cijfers/2022-2023?taal=en"' in english


@pytest.mark.parametrize("wanted", ["de", "nl", "", "en'><script>", "../en"])
def test_any_other_language_is_dutch(published, visitor, wanted):
    page = text(visitor.get("/cijfers", {"taal": wanted}, headers={"accept-language": "en"}))
    assert '<html lang="nl">' in page


def test_what_exists_in_dutch_only_is_marked_as_dutch_on_an_english_page(published, visitor):
    page = text(visitor.get("/cijfers/2022-2023?taal=en"))
    mismatch = ExampleRelease().mismatches[0].what
    assert re.search(rf'<ul lang="nl">\s*<li>{re.escape(mismatch)}', page)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_figures_can_only_be_read(published, visitor, method):
    assert getattr(visitor, method)("/cijfers").status_code == 405


def test_an_error_of_ours_is_told_calmly(published, visitor, monkeypatch):
    monkeypatch.setattr("vertrouwd.publication.views.made_years", lambda home: 1 / 0)
    answer = visitor.get("/cijfers")
    assert answer.status_code == 500
    assert "Er ging iets mis bij ons" in text(answer)
    assert 'id="exit"' in text(answer)
    assert "ZeroDivisionError" not in text(answer)


def test_a_link_out_of_the_publications_is_not_followed(published, visitor):
    secret = published / "secret.csv"
    secret.write_text("a secret")
    link = published / "publications/2022-2023/overview/tables/secret.csv"
    link.symlink_to(secret)
    assert visitor.get("/cijfers/2022-2023/overview/tables/secret.csv").status_code == 404
