"""The log of what the program does: listed events with listed keys, nothing else gets through.

A line of any other kind, or a value that may hold what somebody typed, is left out and counted:
an address, a path, a query, a name in an exception. What libraries say through `logging` becomes
«library», with the place in the code it came from, never its words. One JSON object a line, on
standard error.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from vertrouwd.faults import places

# Every event, with the keys it may carry.
EVENTS = {
    "request": {"method", "route", "status", "milliseconds", "process"},
    "fault": {"kind", "place", "ours", "route", "process", "thread"},
    "library": {"logger", "level", "place", "kind"},
    "process_started": {"process"},
    "process_died": {"process", "code", "again_in_seconds"},
    "turned_away": {"count", "process"},
    "left_out": {"lines", "values"},
}
# A code, a name in the program, a number: never a sentence, an address of somebody, a path.
CODE = re.compile(r"[A-Za-z0-9_.:<>-]{1,120}", re.ASCII)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}


@dataclass
class LeftOut:
    """What did not get through since the start of this process, and when it is said again."""

    lines: int = 0
    values: int = 0
    say_from: int = 1


left_out = LeftOut()
Event = MutableMapping[str, Any]


def only_listed(logger: Any, method: str, event: Event) -> Event:
    """The allow-list: what is not in EVENTS, or may hold content, is dropped and counted."""
    from structlog import DropEvent

    allowed = EVENTS.get(event.get("event", ""))
    if allowed is None:
        left_out.lines += 1
        raise DropEvent
    kept = {key: event[key] for key in event if key in allowed and is_plain(event[key])}
    left_out.values += len(event) - 1 - len(kept)
    return {"event": event["event"], **kept}


def is_plain(value: object) -> bool:
    """A number, a yes or no, or a code: no words."""
    if isinstance(value, str):
        return bool(CODE.fullmatch(value))
    return value is None or isinstance(value, bool | int | float)


def stamp(logger: Any, method: str, event: Event) -> Event:
    """The time; of a request only the minute, so that it cannot be laid beside a line elsewhere."""
    now = datetime.now(UTC).replace(microsecond=0)
    if event["event"] == "request":
        now = now.replace(second=0)
    return {"at": now.isoformat(), **event}


@cache
def _log() -> Any:
    import structlog

    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[only_listed, stamp, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.BoundLogger,
    )


def say(event: str, **values: object) -> None:
    """Write one line; a standard error that is closed stops nothing."""
    try:
        _log().msg(event, **values)
        if left_out.lines + left_out.values >= left_out.say_from:  # at 1, 10, 100, ... in all
            left_out.say_from *= 10
            _log().msg("left_out", lines=left_out.lines, values=left_out.values)
    except (OSError, ValueError):
        left_out.lines += 1


def say_fault(fault: BaseException, **values: object) -> None:
    """A fault by its kind and place; its message may quote a report."""
    say("fault", kind=type(fault).__name__, **places(fault.__traceback__), **values)


def method_of(method: str | None) -> str:
    """The method of a request; one of its own making is not repeated."""
    return method if method in METHODS else "other"


class Handler(logging.Handler):
    """Everything that goes through `logging`: where it was said, never what."""

    def emit(self, record: logging.LogRecord) -> None:
        route = getattr(getattr(record, "request", None), "resolver_match", None)
        if record.exc_info and record.exc_info[1] is not None:
            say_fault(record.exc_info[1], route=route.view_name if route else None)
            return
        say(
            "library",
            logger=record.name,
            level=record.levelname,
            place=f"{record.module}:{record.lineno}",
        )


def catch_faults() -> None:
    """Also faults that nobody catches are said by kind and place: in threads, at the very end."""
    import threading

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            say_fault(args.exc_value, thread=args.thread.name if args.thread else None)

    sys.excepthook = lambda kind, fault, trace: say_fault(fault)
    sys.unraisablehook = lambda args: say_fault(args.exc_value) if args.exc_value else None
    threading.excepthook = in_thread
