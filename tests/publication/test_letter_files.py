"""The files of a letter: every number bound, every query repeatable, every page readable aloud."""

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command

from tests.publication.published_release import PublishedRelease
from vertrouwd.publication.letter.make import MadeLetter, make_letter, write_letter
from vertrouwd.publication.letter.pedigree import unexplained_numbers
from vertrouwd.publication.letter.plain import ascii_name

YEARS = ("2022-2023", "2021-2022", "2019-2020", "2022")


@pytest.fixture(scope="module")
def letters(tmp_path_factory) -> dict[str, tuple[Path, MadeLetter]]:
    from django.test import override_settings

    made = {}
    for year in YEARS:
        home = tmp_path_factory.mktemp("home")
        with override_settings(VERTROUWD_HOME=home):
            made[year] = home, make_letter(PublishedRelease(year, home=home), home=home)
    return made


@pytest.mark.parametrize("year", YEARS)
def test_every_number_of_the_text_stands_in_figures_json(letters, year):
    _, made = letters[year]
    assert unexplained_numbers(made.text, made.explained) == []
    # The same by a reader who knows nothing of references: each run of digits is in the file.
    everything = json.dumps(made.explained, ensure_ascii=False)
    for number in re.findall(r"\d+(?:,\d+)?", made.text):
        assert number in everything


def test_a_number_nobody_explains_is_found():
    explained = {
        "figures": [{"text": "2152"}, {"text": "22,9"}],
        "references": [{"text": "2022-2023"}, {"text": "29 240, nr. 136"}, {"text": "13"}],
    }
    text = "In 2022-2023 ging het om 2152 (22,9 procent).\nKamerstuk 29\n240, nr. 136."
    assert unexplained_numbers(text, explained) == []
    assert unexplained_numbers(f"{text} En 215.", explained) == ["215"]
    assert unexplained_numbers("Tot 13 jaar, 13,3 procent, 1,13 en 13.", explained) == [
        "13,3", "1,13",
    ]  # fmt: skip
    assert unexplained_numbers("Van 2022-2023 is 12022-2023 en 22,8 geen deel", explained) == [
        "12022", "2023", "22,8",
    ]  # fmt: skip


@pytest.mark.parametrize("year", YEARS)
def test_each_query_run_by_plain_duckdb_returns_its_value(letters, year, monkeypatch):
    home, made = letters[year]
    monkeypatch.chdir(home)
    assert made.explained["figures"]
    for figure in made.explained["figures"]:
        [[value]] = duckdb.connect().execute(figure["query"]).fetchall()
        assert float(value) == figure["value"], figure["name"]


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_says_where_it_comes_from_and_where_it_stands(letters, year):
    _, made = letters[year]
    for figure in made.explained["figures"]:
        assert figure["mark"] == "published"
        assert figure["where"]
        for source in figure["sources"]:
            assert len(source["sha256"]) == 64
            assert source["path"].startswith("published/")
    for reference in made.explained["references"]:
        assert reference["source"]
        assert reference["where"]


def odt(made: MadeLetter):
    from odfdo import Document

    return Document(BytesIO(made.odt))


@pytest.mark.parametrize("year", YEARS)
def test_every_visible_number_of_the_odt_is_a_named_field(letters, year):
    body = odt(letters[year][1]).body
    for field in body.xpath("//text:user-field-get"):
        field.clear()
    for citation in body.xpath("//text:note-citation"):  # numbered by the word processor
        citation.clear()
    for paragraph in body.xpath("//text:p | //text:h"):
        assert not re.search(r"\d", paragraph.inner_text), paragraph.inner_text


def test_a_field_of_the_odt_has_the_name_and_the_value_of_its_figure(letters):
    _, made = letters["2022-2023"]
    document = odt(made)
    declared = {
        one.get_attribute("text:name"): one.get_attribute("office:value")
        for one in document.body.xpath("//text:user-field-decl")
    }
    shown = {
        one.get_attribute("text:name"): one.inner_text
        for one in document.body.xpath("//text:user-field-get")
    }
    assert set(shown) == set(declared)
    for figure in made.explained["figures"]:
        name = figure["field"]
        assert float(declared[name]) == figure["value"]
        assert shown[name] == figure["text"]


def test_the_odt_puts_no_number_of_its_own_before_a_heading(letters):
    styles = odt(letters["2022-2023"][1]).get_part("styles.xml")
    [outline] = styles.root.xpath("//text:outline-style")
    levels = outline.xpath(".//text:outline-level-style")
    assert [level.get_attribute("style:num-format") or "" for level in levels] == [""]


def test_the_odt_is_dutch_titled_and_holds_the_words_of_the_text(letters):
    document = odt(letters["2022-2023"][1])
    assert document.meta.title.endswith("schooljaar 2022-2023")
    styles = document.get_part("styles.xml").serialize()
    assert 'fo:language="fr"' not in (styles if isinstance(styles, str) else styles.decode())
    words = " ".join(one.inner_text for one in document.body.xpath("//text:p"))
    assert "wil niet zeggen dat er zich ook een ernstig feit heeft voorgedaan" in words
    assert "samen tot één dossier" in words  # the footnote


def test_the_pdf_is_the_same_bytes_for_the_same_letter(letters, settings):
    home, made = letters["2022"]
    settings.VERTROUWD_HOME = home
    assert make_letter(PublishedRelease("2022", home=home), home=home).pdf == made.pdf


@pytest.mark.slow
@pytest.mark.parametrize("year", ["2022-2023", "2022"])
def test_the_pdf_can_be_read_aloud(letters, year, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters[year][1].pdf)
    beside = Path(sys.executable).parent
    for check in (["pdfua", "check", path], ["outloud", path, "--fail-on", "warning"]):
        done = subprocess.run(
            [beside / check[0], *check[1:]], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_the_pdf_carries_title_author_and_language(letters):
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(letters["2022-2023"][1].pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Cijferoverzicht vertrouwensinspecteurs onderwijs, schooljaar 2022-2023"
    )
    assert "Minister" in (reader.metadata.author or "")
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("nl")
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "2152 dossiers" in text
    assert "Demonstratie" in text


def test_four_files_are_written_and_replace_older_ones(letters, tmp_path):
    made = letters["2022"][1]
    folder = tmp_path / "new" / "letter"
    write_letter(made, folder)
    (folder / "letter.txt").write_text("old")
    write_letter(made, folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "figures.json", "letter.odt", "letter.pdf", "letter.txt",
    ]  # fmt: skip
    assert (folder / "letter.txt").read_text(encoding="utf-8") == made.text
    written = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(made.explained))


def test_footnotes_of_the_text_are_lettered_so_that_they_add_no_number():
    assert [ascii_name(place) for place in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def test_a_typed_number_makes_no_letter(home, monkeypatch):
    from vertrouwd.publication.letter import from_data
    from vertrouwd.publication.letter.blocks import Kind, Text

    monkeypatch.setattr(
        from_data, "minister", lambda context: iter([(Kind.MINISTER, (Text("Alle 2152."),))])
    )
    with pytest.raises(ValueError, match="a number was typed in"):
        make_letter(PublishedRelease("2022-2023", home=home), home=home)


def test_a_year_that_was_not_frozen_gets_no_letter_and_says_how_to_freeze_it(home, db, tmp_path):
    with pytest.raises(CommandError, match="Run: vertrouwd freeze-year 2022-2023") as refused:
        call_command("make_letter", "2022-2023", "--to", str(tmp_path / "l"))
    assert refused.value.returncode == 1
    with pytest.raises(CommandError, match="Write it as 2022-2023") as refused:
        call_command("make_letter", "2022-2024", "--to", str(tmp_path / "l"))
    assert refused.value.returncode == 2


def test_on_the_screen_each_reason_stands_once_above_what_it_keeps_out():
    from vertrouwd.publication.management.commands.make_letter import _told

    gaps = [{"what": what, "why": "niet bekend"} for what in ("pesten", "bedreiging")]
    told = _told([], {"title": "T", "figures": [], "references": [], "gaps": gaps})
    assert told.endswith("cannot be (2):\n  niet bekend:\n    pesten\n    bedreiging")
