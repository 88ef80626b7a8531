"""How much the public process does at once; who comes when there is too much gets a waiting page.

A few threads do the work, in the order in which requests came; a bounded number waits for them, a
bounded time. Nobody is told apart by address: a school class behind one address is thirty
reporters. The body of a form is read before it waits, so that a slow sender holds none of the few;
what holds files is worked on apart, so that words come through. Everything else is answered at
once, with `BUSY` in the environment of the request (busy.py makes a page of it).

Around the WSGI program, not inside: what waits has cost nothing yet.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

from django.core.exceptions import BadRequest

from vertrouwd.project.bodies import END_SILENT
from vertrouwd.project.turned_away import TurnedAway

Environment = dict[str, Any]
Program = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
BUSY = "vertrouwd.busy"  # True, or UNREAD: the body was not read, and will not be
UNREAD = "unread"
FREE_WITHIN = 1.0  # seconds after a connection was ended
SMALL = 3 * 512 * 1024  # bytes of a body that is read at once, into memory


@dataclass(frozen=True)
class Limits:
    """Requests at a time, for one process; all together no more than its threads."""

    at_work: int = 2  # more only wait for each other: Python works on one thing at a time
    waiting: int = 64
    seconds: float = 5.0  # of waiting
    reading: int = 48  # bodies of words that are coming in
    files: int = 32  # forms with files that are coming in
    past: int = 24  # more of those, of which only the words are kept


class Capacity:
    """The WSGI program, within its limits. `passes` says which paths need no place at all."""

    def __init__(
        self,
        program: Program,
        *,
        passes: Callable[[str], bool],
        told: Callable[[int], None],
        after: Callable[[], None] = lambda: None,
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.program, self.passes, self.after = program, passes, after
        self._places = BoundedSemaphore(self.limits.at_work + self.limits.waiting)
        self._reading = BoundedSemaphore(self.limits.reading)
        self._files = BoundedSemaphore(self.limits.files)
        self._past = BoundedSemaphore(self.limits.past)
        self._workers = ThreadPoolExecutor(self.limits.at_work, "work")
        self._turned_away = TurnedAway(lambda count: self._workers.submit(told, count))

    def __call__(self, environ: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        self._turned_away.tell_when_due()
        if self.passes(environ.get("PATH_INFO", "")):
            return self.program(environ, start)
        length = _length(environ)
        if length == 0:
            return self._in_turn(environ, start)
        if length > SMALL:
            return self._with_files(environ, start)
        if not self._may_read(environ):
            return self._turn_away(environ, start, UNREAD)
        try:
            _read_body(environ, length)
        finally:
            self._reading.release()
        return self._in_turn(environ, start)

    def _may_read(self, environ: Environment) -> bool:
        """A place to read words; who holds one and sends nothing makes room for who does."""
        if self._reading.acquire(blocking=False):
            return True
        end_silent = environ.get(END_SILENT)
        return bool(end_silent and end_silent()) and self._reading.acquire(timeout=FREE_WITHIN)

    def _with_files(self, environ: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        """In this thread, as long as it takes to come in."""
        if self._files.acquire(blocking=False):
            try:
                return self.program(environ, start)
            finally:
                self.after()
                self._files.release()
        if self._past.acquire(blocking=False):
            try:
                return self._turn_away(environ, start, True)
            finally:
                self._past.release()
        return self._turn_away(environ, start, UNREAD)

    def _in_turn(self, environ: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        """By one of the workers, when those who came before are done."""
        if not self._places.acquire(blocking=False):
            return self._turn_away(environ, start, True)
        heard: list[tuple[Any, ...]] = []
        work = self._workers.submit(self._work, environ, heard)
        work.add_done_callback(lambda _: self._places.release())
        if not _begins_within(work, self.limits.seconds):
            return self._turn_away(environ, start, True)
        body = work.result()
        start(*heard[-1])
        return body

    def _work(self, environ: Environment, heard: list[tuple[Any, ...]]) -> Iterable[bytes]:
        return self.program(environ, lambda *said: heard.append(said))

    def _turn_away(
        self, environ: Environment, start: Callable[..., Any], how: bool | str
    ) -> Iterable[bytes]:
        self._turned_away.count_one()
        return self.program({**environ, BUSY: how}, start)


def _length(environ: Environment) -> int:
    """Bytes of the body, as announced; 0 for what is no number."""
    told = environ.get("CONTENT_LENGTH") or ""
    return int(told) if told.isascii() and told.isdigit() else 0


def _read_body(environ: Environment, length: int) -> None:
    """Into memory. Of a sender who broke off nothing is left: half a form is none."""
    try:
        body = environ["wsgi.input"].read(length)
    except BadRequest:
        body = b""
    environ["CONTENT_LENGTH"] = str(length if len(body) == length else 0)
    environ["wsgi.input"] = BytesIO(body if len(body) == length else b"")


def _begins_within(work: "Future[Any]", seconds: float) -> bool:
    """Wait until it is done; False when nobody began with it in time, and now nobody will."""
    try:
        work.result(seconds)
    except TooLong:
        return not work.cancel()
    return True
