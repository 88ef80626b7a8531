"""The pages of the documentation that follow from the code: `make docs` writes them.

A test fails when a page on disk differs from what is generated here.
"""

import argparse
import ast
import importlib
import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path

from docs.law_page import law_page
from vertrouwd.project import cli

DOCS = Path(__file__).resolve().parent
PACKAGE = DOCS.parent / "vertrouwd"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    return {
        DOCS / "reference" / "commands.md": commands_page(),
        DOCS / "reference" / "pages.md": routes_page(),
        DOCS / "reference" / "jobs.md": jobs_page(),
        DOCS / "glossary.md": glossary_page(),
        DOCS / "law.md": law_page(),
        DOCS / "decisions" / "README.md": decisions_page(),
    }


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vertrouwd.project.settings.test")
    import django

    django.setup()


def commands_page() -> str:
    """All commands with their docstring and options."""
    _set_up_django()
    from django.core.management import load_command_class

    parts = [
        "# Commands\n",
        "*Made by `make docs` from the commands themselves.*\n",
        "`vertrouwd COMMAND`, hyphen or underscore alike. Exit code 0, or a one-line reason on "
        "standard error: 2 = the input was wrong, 1 = it failed. A command that needs the database "
        "makes and migrates it when the home folder is empty.\n",
        "| command | |\n|---|---|",
        *(f"| [`{n}`](#vertrouwd-{n}) | {cli.summary(p)} |" for n, p in cli.commands().items()),
        "",
    ]
    for name, path in cli.commands().items():
        app = f"vertrouwd.{path.parent.parent.parent.name}"
        command = load_command_class(app, path.stem)
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        parts += [f"## vertrouwd {name}\n", docstring.strip() + "\n"]
        options = list(_options(cli._parser(command, name)))
        if options:
            parts += [*options, ""]
    return "\n".join(parts).rstrip() + "\n"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or "--help" in action.option_strings:
            continue
        shown = ", ".join(action.option_strings) or (action.metavar or action.dest.upper())
        if action.option_strings and action.nargs != 0:
            shown += f" {action.metavar or action.dest.upper()}"
        text = parser._get_formatter()._expand_help(action) if action.help else ""
        yield f"- `{shown}`: {' '.join(text.split())}"


ABOUT_SITES = {
    "public": """## The public process

Who may see these pages: everybody. None sets a cookie, runs a script or asks a third party for
anything. Every page is there in Dutch, and in English behind `?taal=en`.
""",
    "casework": """## The casework process

Who has not logged in is led to `/inloggen`; who lacks the permission gets the answer of a page that
does not exist. Which role has which permission stands in `accounts/policy.py`. No page is kept by a
browser.
""",
}


def routes_page() -> str:
    """Every address of both sites: who may come in, and what its view says of itself."""
    _set_up_django()
    from vertrouwd.project.routes import URL_CONFIGURATIONS, routes_in

    parts = [
        "# Pages\n",
        "*Made by `make docs` from the views themselves; `vertrouwd list-routes` lists the same.* "
        "The headers of every answer stand in [the contract](../contracts/public-site.md).\n",
    ]
    for site, module in URL_CONFIGURATIONS.items():
        parts.append(_paragraphs(ABOUT_SITES[site].strip()) + "\n")
        for route in routes_in(importlib.import_module(module).urlpatterns, site=site):
            parts.append(f"### `{route.path}`\n")
            who = "" if site == "public" else f"*{_who(route.gate)}* "
            parts.append(f"{who}{_paragraphs(route.docstring)}\n")
    return "\n".join(parts).rstrip() + "\n"


def _who(gate: str) -> str:
    return "Everybody." if gate == "public" else f"Asks for: {gate}."


def _paragraphs(docstring: str) -> str:
    """Each paragraph on one line."""
    return "\n\n".join(" ".join(part.split()) for part in docstring.split("\n\n"))


def jobs_page() -> str:
    """Every kind of work that may wait: what it does, when, and how often it is tried."""
    _set_up_django()
    from vertrouwd.jobs.kinds import kinds

    parts = [
        "# Work that may wait\n",
        "*Made by `make docs` from the kinds of work themselves* (the `jobs.py` of the apps). How "
        "it is run: [operate](../operate.md#work-that-may-wait).\n",
    ]
    for name, kind in sorted(kinds().items()):
        backoff = kind.backoff
        told = ", ".join(f"`{each}` ({t.__name__})" for each, t in kind.parameters.items())
        parts += [
            f"## {name}\n",
            f"{_paragraphs((kind.work.__doc__ or '').strip())}\n",
            f"- in the pages: «{kind.words}»",
            f"- when: {kind.every or 'when an act asks for it'}",
            f"- told: {told or 'nothing'}",
            f"- tried at most {kind.tries} times, after pauses from {backoff.first} to "
            f"{backoff.longest}, each {backoff.factor} times the one before\n",
        ]
    return "\n".join(parts).rstrip() + "\n"


def glossary_page() -> str:
    """Every term of each `terms.py` and its like: our name, the official Dutch value, its sense."""
    parts = [
        "# Glossary\n",
        "*Made by `make docs` from the `terms.py` of the apps.*\n",
        "English names are ours; the Dutch values are the official words, and what is stored.\n",
    ]
    for path in sorted(PACKAGE.glob("*/*terms.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef):
                parts += _terms(node, source.splitlines(), of=f"{path.parent.name}.{path.stem}")
        parts += _older_spellings(path)
    return "\n".join(parts).rstrip() + "\n"


def _terms(node: ast.ClassDef, lines: list[str], *, of: str) -> Iterator[str]:
    title = re.sub(r"(?<!^)(?=[A-Z])", " ", node.name).capitalize()
    yield f"## {title}\n"
    yield f"{' '.join((ast.get_docstring(node) or '').split())} (`{of}.{node.name}`)\n"
    yield "| English | Dutch | |\n|---|---|---|"
    for member in node.body:
        match member:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                comment = lines[member.lineno - 1].partition("# ")[2]
                english = name.lower().replace("_", " ")
                yield f"| {english} | {value} | {comment} |"
    yield ""


def _older_spellings(path: Path) -> Iterator[str]:
    spec = importlib.util.spec_from_file_location(f"terms_of_{path.parent.name}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    spellings = getattr(module, "OLDER_SPELLINGS", {})
    if spellings:
        yield "## Older spellings\n"
        yield "Read in older tables and files; stored as the word of today.\n"
        yield "| of | older | today |\n|---|---|---|"
    for terms, older in spellings.items():
        for spelling, term in older.items():
            yield f"| {terms.__name__} | {spelling} | {term.value} |"
    if spellings:
        yield ""


def decisions_page() -> str:
    """The decision records with their titles."""
    parts = [
        "# Decisions\n",
        "*Made by `make docs`.* One page each: the question, the options, what was chosen, and "
        "what follows from it, the bad included. A decision that is replaced stays, and says by "
        "which.\n",
    ]
    for path in sorted((DOCS / "decisions").glob("*.md")):
        if path.name != "README.md":
            title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
            parts.append(f"- [{title}]({path.name})")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    for page, text in pages().items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
        print(page.relative_to(DOCS.parent))
