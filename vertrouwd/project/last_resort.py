"""Around a whole process: when everything else fails, the answer and its headers are still ours.

Django answers a page that breaks. What breaks outside of it (a middleware, the page for errors
itself) would become a bare answer of the server, and a trace with whatever was being read.
"""

from collections.abc import Callable, Iterable
from typing import Any

from vertrouwd.project import logs
from vertrouwd.project.headers import HEADERS

BODY = b"Er ging iets mis bij ons. Probeer het later nog eens.\n"
ANSWER = HEADERS | {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": str(len(BODY)),
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}
Program = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_last_resort(program: Program, *, process: str) -> Program:
    """The same WSGI program; what it raises is said by kind and place, and answered with 500."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return program(environ, start_response)
        except Exception as fault:
            logs.say_fault(fault, process=process)
            start_response("500 Internal Server Error", list(ANSWER.items()))
            return [BODY]

    return answer
