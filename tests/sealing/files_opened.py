"""From its import on, the files that this process opens: Python itself writes them down."""

import os
import sys

opened: set[str] = set()


def _write_down(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        opened.add(os.path.realpath(arguments[0]))


sys.addaudithook(_write_down)
