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
THREADS = 4  # requests at a time
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
        blocking_threads=THREADS,
        workers_kill_timeout=5,
        log_enabled=False,  # what it says may quote a request
        log_access=False,
    )
    # A terminal that closes ends it; granian would start its worker again.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=_Load(name, os.getpid()), wrap_loader=False)


class _Load:
    """Load the pages, in the worker; a class, so that it can be handed to another process."""

    def __init__(self, name: str, parent: int) -> None:
        self.name, self.program, self.parent = name, PROGRAMS[name], parent

    def __call__(self) -> Callable[..., Any]:
        import importlib

        from vertrouwd.project.last_resort import with_last_resort

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
        return with_last_resort(application, process=self.name)


def _load_pages() -> None:
    """Now, not at the first request: what cannot be loaded does not start."""
    from django.urls import get_resolver

    for code in (400, 403, 404, 500):
        get_resolver().resolve_error_handler(code)
    list(get_resolver().url_patterns)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
