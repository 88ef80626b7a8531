"""`vertrouwd COMMAND`: hyphen or underscore alike, exit 0 or a one-line reason.

2 = the input was wrong, 1 = it failed. A fault nobody foresaw is one line too: what it says may
quote a report, so only its kind is shown; VERTROUWD_TRACEBACK=1 shows all to who repairs it.

Names and help are read from the files, so that `vertrouwd --help` starts without loading Django.
"""

import argparse
import ast
import os
import sys
from contextlib import nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from vertrouwd import __version__
from vertrouwd.faults import failure

PACKAGE = Path(__file__).resolve().parent.parent
DJANGO_OPTIONS = {
    "--version", "--verbosity", "--settings", "--pythonpath", "--traceback",
    "--no-color", "--force-color", "--skip-checks",
}  # fmt: skip
LONGEST_REASON = 1_900  # characters; a word of the command line may be any length
# Commands that make means to log in, whose apps the others do not load.
TOUCH_THE_LOGIN = {"open-demonstration"}
# Commands that only reckon: no app is loaded, no home folder touched, so that they answer at once.
ONLY_RECKON = {"assess-duties"}


def commands() -> dict[str, Path]:
    """Every command of the house: name with hyphens -> its file."""
    return {
        path.stem.replace("_", "-"): path
        for path in sorted(PACKAGE.glob("*/management/commands/*.py"), key=lambda p: p.stem)
        if path.stem != "__init__"
    }


def summary(path: Path) -> str:
    """The first line of a command's module docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def usage() -> str:
    known = commands()
    width = max(map(len, known), default=0)
    lines = [
        "vertrouwd COMMAND [options]      vertrouwd COMMAND --help explains one command",
        "",
        *(f"  {name:<{width}}  {summary(path)}" for name, path in known.items()),
        "",
        "All state lies in the folder VERTROUWD_HOME (default ./var).",
    ]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the locale says
    try:
        code = _answer(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:
        if os.environ.get("VERTROUWD_TRACEBACK"):
            raise
        return _refuse(failure(fault), 1)
    return code


def _answer(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if words else 2
    if words[0] == "--version":
        print(__version__)
        return 0
    name = words[0].replace("_", "-")
    if name not in commands():
        print(f"vertrouwd has no command '{name}'. `vertrouwd --help` lists them.", file=sys.stderr)
        return 2
    return _run(name, words[1:])


def _run(name: str, words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"vertrouwd.project.settings.{_settings(name)}")
    import django
    from django.conf import settings
    from django.core.management import CommandError, load_command_class

    try:
        if name not in ONLY_RECKON:
            django.setup()
    except (ValueError, OSError) as mistake:
        return _refuse(str(mistake), 2)
    app = f"vertrouwd.{commands()[name].parent.parent.parent.name}"
    command = load_command_class(app, name.replace("-", "_"))
    if getattr(command, "holds_secrets", False):
        from vertrouwd.project.closed import close_to_others

        close_to_others()
    try:
        options = vars(_parser(command, name).parse_args(words))
        options["skip_checks"] = True  # Django's own checks are the work of the tests
    except CommandError as mistake:
        return _refuse(str(mistake).removeprefix("Error: "), 2)
    if getattr(command, "needs_database", True):
        from vertrouwd.project.home import prepare_database
        from vertrouwd.project.migration import NotMigrated

        try:
            prepare_database(settings.VERTROUWD_HOME, database=settings.DATABASE_ADDRESS)
        except NotMigrated as reason:
            return _refuse(str(reason), 1)
    try:
        if name in ONLY_RECKON:
            command.execute(*options.pop("args", ()), **options)
        else:
            _execute(command, options)
    except CommandError as mistake:
        return _refuse(str(mistake), mistake.returncode)
    return 0


def _settings(name: str) -> str:
    if name in ONLY_RECKON:
        return "without_apps"
    return "every_app" if name in TOUCH_THE_LOGIN else "command"


def _execute(command: Any, options: dict[str, Any]) -> None:
    """Run it; if it fails too, its refusals are written and the lines it wrote are chained."""
    from vertrouwd.audit import refusals

    uses_database = getattr(command, "needs_database", True)
    try:
        with refusals.written_after() if uses_database else nullcontext():
            command.execute(*options.pop("args", ()), **options)
    finally:
        if refusals.wrote:
            from vertrouwd.audit.sealer import chain_if_recorded

            chain_if_recorded()


class _Paragraphs(argparse.HelpFormatter):
    """Keeps the paragraphs and the examples of a docstring, where argparse makes one block."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        parts = [
            part
            if part.startswith("    ")
            else super(_Paragraphs, self)._fill_text(part, width, "")
            for part in text.strip().split("\n\n")
        ]
        return "\n\n".join(parts)


def _parser(command: object, name: str) -> argparse.ArgumentParser:
    parser = command.create_parser("vertrouwd", name)  # type: ignore[attr-defined]
    parser.prog = f"vertrouwd {name}"
    parser.formatter_class = _Paragraphs
    for action in parser._actions:
        if DJANGO_OPTIONS & set(action.option_strings):
            action.help = argparse.SUPPRESS
    return parser


def _refuse(reason: str, code: int) -> int:
    if sys.stderr is not None:  # closed: then print() would say it on standard output
        print(" ".join(reason.split())[:LONGEST_REASON], file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
