"""Ask at a terminal, or read line by line from standard input when there is no terminal.

Secrets come in this way only: never as an argument, which every account of the machine can see.
"""

import getpass
import sys
from typing import TextIO

from django.core.management.base import CommandError


def ask(question: str, *, secret: bool = False) -> str:
    """One line of answer. A secret is not shown while it is typed. Raises CommandError at the end.

    The question goes to standard error, so that what a command prints can be piped.
    """
    if secret and sys.stdin.isatty():
        try:
            return getpass.getpass(f"{question}: ")
        except EOFError:
            raise _nothing_more(question) from None
    if sys.stdin.isatty():
        print(f"{question}: ", end="", file=sys.stderr, flush=True)  # noqa: T201
    line = sys.stdin.readline()
    if not line:
        raise _nothing_more(question)
    return line.rstrip("\r\n")


def agrees(question: str) -> bool:
    """Whether the answer is yes."""
    return ask(f"{question} (yes or no)").strip().lower() in {"yes", "y", "ja", "j"}


def is_terminal(*streams: TextIO) -> bool:
    """Whether somebody sits there."""
    return all(stream.isatty() for stream in (streams or (sys.stdin, sys.stdout)))


def _nothing_more(question: str) -> CommandError:
    return CommandError(f"No answer was given to: {question}.", returncode=2)
