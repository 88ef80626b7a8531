"""The log is read by people: each code that is written to it has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from vertrouwd.desk import log_words
from vertrouwd.desk.templatetags.log_words import plain

PACKAGE = Path(log_words.__file__).resolve().parents[1]
WRITERS = {"record", "refuse", "look", "write_line", "with_phrase", "with_secret"}


def codes(keyword: str) -> Iterator[tuple[str, str]]:
    """Each code that the program writes by that keyword, and the module that does."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if getattr(node.func, "id", getattr(node.func, "attr", "")) not in WRITERS:
                continue
            for each in node.keywords:
                if each.arg == keyword and isinstance(each.value, ast.Constant):
                    yield each.value.value, path.name


def passed_on() -> Iterator[tuple[str, str]]:
    """Each code that a module hands to a function of its own, which writes it as the action."""
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        writers = {
            node.name: [arg.arg for arg in node.args.args].index("action")
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and "action" in [a.arg for a in node.args.args]
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := getattr(node.func, "id", "")) in writers:
                for each in node.args[writers[name] : writers[name] + 1]:
                    if isinstance(each, ast.Constant):
                        yield each.value, path.name


def test_every_act_that_is_handed_on_has_words():
    found = dict(passed_on())
    assert "add_task" in found
    assert not {code: where for code, where in found.items() if code not in log_words.ACTS}


def test_every_act_in_the_log_has_words():
    found = dict(codes("action"))
    assert len(found) > 40
    assert not {code: where for code, where in found.items() if code not in log_words.ACTS}


def test_every_kind_of_thing_in_the_log_has_words():
    assert not {c: where for c, where in codes("kind") if c and c not in log_words.THINGS}


def test_a_list_in_a_line_is_read_without_the_marks_of_a_program():
    assert plain(["password", "totp"]) == "password, totp"
    assert plain(7) == "7"


def test_a_code_without_words_is_shown_as_it_is():
    assert log_words.in_words("made_tomorrow") == "made_tomorrow"
