"""Pages do what may change the duties through `reassessing`, which assesses them again."""

import ast
from pathlib import Path

from vertrouwd.desk import apps

DESK = Path(apps.__file__).parent
ACTS = {
    "dossiers.joining": {"join_dossiers", "separate_report", "take_event_back"},
    "dossiers.actions": {"join", "separate", "undo"},
    "duties.actions": {"record_step", "withdraw_step"},
}


def bypassing(path: Path) -> list[str]:
    """The acts that a module of the desk takes from where they do not assess again."""
    tree, found = ast.parse(path.read_text("utf-8")), []
    modules = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                whole = f"{node.module}.{name.name}".removeprefix("vertrouwd.")
                modules[name.asname or name.name] = whole
                inside = node.module.removeprefix("vertrouwd.")
                found += [whole] if name.name in ACTS.get(inside, ()) else []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = modules.get(node.value.id, "")
            found += [f"{module}.{node.attr}"] if node.attr in ACTS.get(module, ()) else []
    return found


def test_no_page_goes_past_it():
    assert not {str(p): b for p in DESK.rglob("*.py") if (b := bypassing(p))}


def test_a_page_that_would_is_seen(tmp_path):
    page = tmp_path / "page.py"
    page.write_text(
        "from vertrouwd.dossiers import joining\n"
        "from vertrouwd.duties.actions import record_step\n"
        "joining.join_dossiers(1)\n"
    )
    assert bypassing(page) == ["duties.actions.record_step", "dossiers.joining.join_dossiers"]
