"""How the code is written: acts name who acts, views use doors, modules have a name that says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "vertrouwd"
NAMES_THAT_HIDE_A_NOUN = {"utils", "core", "common", "helpers", "services", "misc", "tools"}
LONGEST, LONGEST_TEST = 300, 400  # lines
MAY_BE_LONGER: dict[str, str] = {}  # path below the root -> why


def modules() -> Iterator[Path]:
    for folder in ("vertrouwd", "tests", "benchmarks", "docs"):
        yield from (p for p in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in p.parts)


def named(paths: Iterator[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def functions(path: Path) -> list[ast.FunctionDef]:
    """The public functions of a module."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return [n for n in body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def acts(path: Path) -> list[ast.FunctionDef]:
    """The functions that change something: they open a transaction or write a line of the log."""
    return [
        f for f in functions(path) if re.search(r"\batomic\b|\brecord\(|\bby\b", ast.unparse(f))
    ]


@pytest.mark.parametrize("name", named(PACKAGE.glob("*/actions.py")))
def test_every_act_takes_by_and_by_keyword_only(name: str):
    found = acts(ROOT / name)
    assert found, f"{name} holds no act"
    for act in found:
        assert "by" in {argument.arg for argument in act.args.kwonlyargs}, act.name


@pytest.mark.parametrize("name", named(PACKAGE.rglob("views.py")) or ["vertrouwd/project/urls.py"])
def test_views_never_touch_objects(name: str):
    assert ".objects" not in (ROOT / name).read_text(encoding="utf-8")


def test_django_finds_nothing_wrong():
    call_command("check", fail_level="WARNING")


def test_no_module_has_a_name_that_hides_a_noun():
    parts = {name: set(Path(name).with_suffix("").parts) for name in named(modules())}
    assert not [name for name, words in parts.items() if words & NAMES_THAT_HIDE_A_NOUN]


def test_no_module_is_longer_than_a_reader_can_hold():
    lengths = {
        name: len((ROOT / name).read_text(encoding="utf-8").splitlines())
        for name in named(modules())
    }
    longer = {
        name: length
        for name, length in lengths.items()
        if length > (LONGEST_TEST if name.startswith("tests") else LONGEST)
    }
    assert longer.keys() == MAY_BE_LONGER.keys(), longer


def test_every_module_says_what_it_holds():
    silent = []
    for name in named(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts):
        source = (ROOT / name).read_text(encoding="utf-8")
        is_wiring = name.endswith(("__init__.py", "apps.py"))
        if not is_wiring and not ast.get_docstring(ast.parse(source)):
            silent.append(name)
    assert not silent


def test_the_words_we_never_use_are_not_used():
    never = re.compile(r"\b(offender|perpetrator|victim|complainant|incident)s?\b", re.IGNORECASE)
    found = []
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".py", ".html"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if never.search(line):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not found


@pytest.mark.parametrize("name", named(p for p in modules() if p.is_relative_to(PACKAGE)))
def test_a_moment_is_told_by_the_clock_on_the_wall(name):
    """A template does so by itself; `date_format` tells the hour, and the day, of Greenwich."""
    source = (ROOT / name).read_text(encoding="utf-8")
    if "date_format" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date_format":
            told = node.args[0]
            assert not (
                isinstance(told, ast.Attribute) and re.search(r"(^|_)(at|from|until)$", told.attr)
            ), ast.unparse(node)
