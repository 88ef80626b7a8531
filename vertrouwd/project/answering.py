"""One of the two processes that answer.

    python -m vertrouwd.project.answering NAME HOST PORT PARENT

It is started by `vertrouwd serve` and ends when that ends, also when it was killed. The program
that was typed is not in its memory: it starts clean, with settings of its own.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from vertrouwd.project import logs
from vertrouwd.project.closed import close_to_others, end_with_parent

PROGRAMS = {
    "public": "vertrouwd.project.wsgi",
    "casework": "vertrouwd.project.casework_wsgi",
}
# Requests at a time. Of the public ones a few are worked on: others send, or wait (capacity.py).
THREADS = {"public": 192, "casework": 4}
HEADERS_AT_MOST = 64 * 1024  # bytes
HEADERS_WITHIN = 10_000  # milliseconds


def main(name: str, host: str, port: int, parent: int) -> None:
    """Listen and answer until a signal; one worker, which this process watches."""
    close_to_others()
    end_with_parent(parent)
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    server = Granian(
        PROGRAMS[name],
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADERS_WITHIN, max_buffer_size=HEADERS_AT_MOST
        ),
        websockets=False,
        workers=1,
        blocking_threads=THREADS[name],
        workers_kill_timeout=5,
        log_enabled=False,  # what it says may quote a request
        log_access=False,
    )
    # A terminal that closes ends it; granian would start its worker again.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=_Load(name, port, os.getpid()), wrap_loader=False)


class _Load:
    """Load the pages, in the worker; a class, so that it can be handed to another process."""

    def __init__(self, name: str, port: int, parent: int) -> None:
        self.name, self.port, self.parent = name, port, parent
        self.program = PROGRAMS[name]

    def __call__(self) -> Callable[..., Any]:
        import importlib

        from vertrouwd.project.bodies import with_whole_bodies
        from vertrouwd.project.last_resort import with_last_resort
        from vertrouwd.project.malformed import with_plain_kinds

        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the one that watches ends this one
        close_to_others()
        end_with_parent(self.parent, by=signal.SIGKILL)
        try:
            application = importlib.import_module(self.program).application
            _load_pages()
        except Exception as fault:
            from vertrouwd.project.cli import failure

            sys.stderr.write(f"{failure(fault)}\n")
            os._exit(1)
        logging.captureWarnings(True)
        logs.catch_faults()
        _begin_what_takes_long()
        if self.name == "public":
            application = _within_limits(application)
        whole = with_whole_bodies(with_plain_kinds(application), port=self.port)
        return with_last_resort(whole, process=self.name)


def _within_limits(application: Callable[..., Any]) -> Callable[..., Any]:
    """Files of the frame and the quick exit always pass: they ask no database."""
    from django.conf import settings
    from django.db import connections

    from vertrouwd.project.capacity import Capacity
    from vertrouwd.project.turned_away import tell_staff

    always = ("/weg", "/health", "/theme.css")
    return Capacity(
        application,
        passes=lambda path: path in always or path.startswith(settings.STATIC_URL),
        told=tell_staff,
        after=connections.close_all,
    )


def _begin_what_takes_long() -> None:
    """Meanwhile pages are answered; a fault in it is said, and stops nothing."""
    from vertrouwd.schools.lookup import build_ahead

    build_ahead()


def _load_pages() -> None:
    """Now, not at the first request: what cannot be loaded does not start."""
    from django.urls import get_resolver

    for code in (400, 403, 404, 500):
        get_resolver().resolve_error_handler(code)
    list(get_resolver().url_patterns)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
