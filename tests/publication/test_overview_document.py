"""The PDF of the overview: the same numbers, readable by everybody, set with our own letters."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.publication.overview_example import ExampleRelease, release_of_a_real_year
from vertrouwd.publication.dutch import dutch_number
from vertrouwd.publication.overview.contents import overview_of
from vertrouwd.publication.overview.document import render_document

PROGRAMS = Path(sys.executable).parent
RELEASES = {"demonstration": ExampleRelease(), "real year": release_of_a_real_year()}


@pytest.fixture(scope="module", params=RELEASES)
def document(request, tmp_path_factory):
    """A release and its PDF."""
    path = tmp_path_factory.mktemp("pdf") / "overview.pdf"
    path.write_bytes(render_document(overview_of(RELEASES[request.param])))
    return RELEASES[request.param], path


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_document_holds_every_number_of_the_release(document):
    release, path = document
    said = set(re.findall(r"\d+(?:\.\d{3})*", text_of(path)))
    for table in (*release.tables, release.series):
        missing = {dutch_number(r.value) for r in table.rows if r.value is not None} - said
        assert not missing, f"{table.name}: {missing}"


def test_a_demonstration_is_marked_on_every_page(document):
    release, path = document
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert all(("DEMO" in page) == release.provenance.is_demonstration for page in pages)


def test_the_document_has_a_title_and_speaks_dutch(document):
    _, path = document
    reader = PdfReader(path)
    assert reader.metadata.title == "Cijferoverzicht vertrouwensinspecteurs 2022-2023"
    assert reader.trailer["/Root"]["/Lang"] == "nl"


def test_only_our_own_letters_are_used(document):
    _, path = document
    fonts = set()
    for page in PdfReader(path).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts.add(font.get_object()["/BaseFont"])
    assert fonts
    assert all("VertrouwdSans" in font for font in fonts)


def test_no_finding_of_the_checker_of_accessible_documents(document):
    _, path = document
    result = subprocess.run(
        [PROGRAMS / "pdfua", "check", path], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_no_finding_of_the_reader_aloud(document, tmp_path):
    _, path = document
    report = tmp_path / "report.json"
    subprocess.run(
        [PROGRAMS / "outloud", "--fail-on", "warning", "--json", report, path],
        capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(report.read_text())
