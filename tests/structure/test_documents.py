"""Undocumented means broken: documents and code say the same."""

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from docs.generate import pages
from vertrouwd import __version__
from vertrouwd.project import cli
from vertrouwd.project.routes import URL_CONFIGURATIONS, routes_in

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
APPS = [path.parent.name for path in (ROOT / "vertrouwd").glob("*/__init__.py")]


def tracked() -> list[Path]:
    """The text files of the repository, as git knows them; those on disk where there is no git."""
    result = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = [ROOT / name for name in result.stdout.split("\0") if name]
    folders = ("vertrouwd", "tests", "docs", "benchmarks")
    found = names or [p for folder in folders for p in (ROOT / folder).rglob("*.*")]
    binary = {".xlsx", ".woff2", ".ttf", ".otf", ".png", ".ico", ".parquet", ".mo", ".pyc", ".pdf"}
    return [path for path in found if path.is_file() and path.suffix not in binary]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_generated_pages_equal_what_the_code_says(page: Path):
    assert page.read_text(encoding="utf-8") == pages()[page], "run `make docs`"


@pytest.mark.parametrize("name", cli.commands())
def test_every_command_explains_itself(name: str):
    summary = cli.summary(cli.commands()[name])
    assert re.fullmatch(r"[A-Z].{10,110}\.", summary), f"{name}: '{summary}'"


def test_every_setting_is_documented():
    read = set()
    for path in (ROOT / "vertrouwd").rglob("*.py"):
        if path.name != "test.py":
            read |= set(re.findall(r"environ\S*[\[(]\"(VERTROUWD_\w+)", path.read_text("utf-8")))
    operate = (DOCS / "operate.md").read_text("utf-8")
    assert read
    assert not [name for name in read if f"| `{name}` |" not in operate]


@pytest.mark.parametrize("site", URL_CONFIGURATIONS)
def test_every_page_says_what_it_is_and_has_a_heading_in_the_documentation(site: str):
    patterns = importlib.import_module(URL_CONFIGURATIONS[site]).urlpatterns
    headings = (DOCS / "reference" / "pages.md").read_text("utf-8")
    for route in routes_in(patterns, site=site):
        assert f"### `{route.path}`" in headings, "run `make docs`"
        assert route.docstring, f"{route.path} does not say what it is"


def test_links_between_documents_lead_somewhere():
    broken = []
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert not broken


def test_files_that_documents_and_code_name_are_there():
    """`docs/operate.md` and the like; in documents also `accounts/policy.py` without our name."""
    whole = re.compile(r"(?<![\w/.-])((?:docs|tests|vertrouwd|benchmarks)/[\w/.-]+\.(?:py|md|csv))")
    short = re.compile(rf"`((?:{'|'.join(APPS)})/[\w/.-]+\.(?:py|md|csv))`")
    gone = []
    for path in tracked():
        text = path.read_text("utf-8", errors="replace")
        named = [*whole.findall(text), *(f"vertrouwd/{name}" for name in short.findall(text))]
        gone += [
            f"{path.relative_to(ROOT)}: {name}" for name in named if not (ROOT / name).exists()
        ]
    assert not gone


@pytest.mark.parametrize("name", ["README.md", "docs/operate.md", "docs/logging-in.md",
                                  "docs/threat-model.md", "docs/ceremony.md"])  # fmt: skip
def test_words_that_documents_quote_from_a_page_stand_on_one(name: str):
    """«Vergrendel nu» in a document is a button somewhere; what follows on «...» is left open."""
    quoted = re.findall("«([^»]+)»", (ROOT / name).read_text("utf-8"))
    kinds = ("*.html", "*.py", "*.toml")  # what the signpost and the form say is data
    pages = [path for kind in kinds for path in (ROOT / "vertrouwd").rglob(kind)]
    on_pages = "\n".join(path.read_text("utf-8") for path in pages)
    assert quoted
    assert not [words for words in quoted if words.removesuffix("...").strip() not in on_pages]


def test_no_file_names_a_place_on_somebodys_machine():
    places = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]", r"\.\./sha" + "red"]
    place = re.compile(rf"(?<![\w.-])({'|'.join(places)})")
    found = []
    for path in tracked():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if place.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found


def test_every_shipped_data_file_names_its_origin():
    silent = []
    for path in (ROOT / "vertrouwd").glob("*/data/**/*.csv"):
        notes = [n for place in (path.parent, path.parent.parent) for n in place.glob("*.md")]
        text = " ".join(note.read_text("utf-8").lower() for note in notes)
        columns = path.read_text("utf-8", errors="replace").partition("\n")[0]
        if "licen" not in text and "source" not in columns:
            silent.append(str(path.relative_to(ROOT)))
    assert not silent


def test_publiccode_says_what_the_standard_asks():
    said = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    required = "publiccodeYmlVersion name url platforms developmentStatus softwareType"
    assert set(required.split()) <= said.keys()
    assert said["softwareVersion"] == __version__
    assert said["legal"]["license"] == "EUPL-1.2"
    assert said["maintenance"]["type"] == "community"
    assert said["maintenance"]["contacts"][0]["name"]
    for text in said["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert [n for n in range(1, 16) if not re.search(rf"^{n}\.", text, re.MULTILINE)] == []
    assert "Compatible Licences" in text


def test_the_version_is_said_once():
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'version = "{__version__}"' in pyproject


def test_public_functions_of_rules_say_what_they_do():
    silent = []
    for path in [
        *(ROOT / "vertrouwd").glob("*/years.py"),
        *(ROOT / "vertrouwd").glob("*/ledger.py"),
    ]:
        for node in ast.parse(path.read_text("utf-8")).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and not ast.get_docstring(node):
                silent.append(f"{path.parent.name}.{path.stem}.{node.name}")
    assert not silent
