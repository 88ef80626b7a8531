"""Start the child that reads what somebody sent, feed it and hear it out; knows no Django.

The child gets no environment, no open file but its two pipes, and a clock; what it answers is
believed no further than its form. At most `SEATS` of them run at once in one process of ours.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any

from vertrouwd.attachments.cleaning.made import Kind, LeftOut, NotPossible, Reason

SECONDS = 90  # on the clock of the wall
TO_WAIT = 5  # seconds for a seat; who waits keeps a thread of ours
LARGEST = 256 * 1024 * 1024  # bytes of an answer
LONGEST_LINE = 4096
BLOCK = 64 * 1024
SEATS = 2
COMMAND = (sys.executable, "-I", "-m", "vertrouwd.attachments.cleaning.worker")
_seats = threading.BoundedSemaphore(SEATS)


class Busy(Exception):
    """Too many files are being looked at; nothing was done."""

    def __init__(self) -> None:
        super().__init__("Too many files are being looked at at this moment.")


@dataclass(frozen=True)
class Answer:
    """What the child says it made; `pieces` is read once, and complete only when it ends."""

    type: str
    size: int
    pages: int
    left_out: tuple[LeftOut, ...]
    isolation: tuple[str, ...]
    pieces: Iterator[bytes] = field(repr=False)


@contextmanager
def asked(pieces: Iterable[bytes], *words: str, seconds: float = SECONDS) -> Iterator[Answer]:
    """Let a child work on these pieces. `words` are those of `worker`.

    Raises NotPossible, also when it crashed, came too late or sent something else, and Busy. What
    `pieces` raises comes through, and the child is ended.
    """
    if not _seats.acquire(timeout=TO_WAIT):
        raise Busy
    late = threading.Event()
    child = _started(*words)

    def end() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(seconds, end)
    clock.daemon = True
    clock.start()
    try:
        _feed(child, pieces)
        yield _heard(child)
    except NotPossible as found:
        raise (NotPossible(Reason.TOO_SLOW) if late.is_set() else found) from None
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            _closed(pipe)
        _seats.release()


def clean(pieces: Iterable[bytes], kind: Kind, **more: Any) -> Any:
    """A clean copy of a file of that kind: a context manager that gives an Answer, see `asked`."""
    return asked(pieces, "clean", kind.value, **more)


def show(pieces: Iterable[bytes], page: int) -> tuple[str, bytes]:
    """Type and content of a page of a clean PDF as a picture; see `asked`."""
    with asked(pieces, "show", Kind.PDF.value, str(page)) as answer:
        return answer.type, b"".join(answer.pieces)


def read(pieces: Iterable[bytes], kind: Kind, page: int | None = None) -> str:
    """The words of an office file, or on a page of a clean PDF; see `asked`."""
    words = [] if page is None else [str(page)]
    with asked(pieces, "read", kind.value, *words) as answer:
        return b"".join(answer.pieces).decode("utf-8", "replace")


def _started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={}, cwd="/", close_fds=True, start_new_session=True, bufsize=0,
    )  # fmt: skip


def _feed(child: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    """All of it, then the end; a child that died before is heard out, and says nothing."""
    pipe = child.stdin
    assert pipe is not None
    for piece in pieces:
        rest = memoryview(piece)
        try:
            while rest:
                rest = rest[pipe.write(rest) :]
        except BrokenPipeError:
            return
    _closed(pipe)


def _heard(child: subprocess.Popen[bytes]) -> Answer:
    pipe = child.stdout
    assert pipe is not None
    try:
        said = json.loads(_line(pipe))
        isolation = tuple(map(str, said["isolation"]))
        if "refused" in said:
            raise NotPossible(Reason[said["refused"]])
        size, pages = int(said["size"]), int(said["pages"])
        left_out = tuple(LeftOut[name] for name in said["left_out"])
        answer = Answer(
            str(said["type"]), size, pages, left_out, isolation, _body(child, pipe, size)
        )
    except (ValueError, KeyError, TypeError):
        raise NotPossible(Reason.CRASHED) from None
    if not 0 <= size <= LARGEST:
        raise NotPossible(Reason.TOO_LARGE)
    return answer


def _line(pipe: IO[bytes]) -> bytes:
    """The first line, a byte at a time: what follows is not ours to take yet."""
    held = bytearray()
    while len(held) < LONGEST_LINE and (sign := pipe.read(1)) and sign != b"\n":
        held += sign
    return bytes(held)


def _body(child: subprocess.Popen[bytes], pipe: IO[bytes], size: int) -> Iterator[bytes]:
    """Exactly that many bytes, and then nothing, of a child that ended well."""
    left = size
    while piece := pipe.read(min(BLOCK, left + 1)):
        left -= len(piece)
        if left < 0:
            raise NotPossible(Reason.CRASHED)
        yield piece
    if left or child.wait() != 0:
        raise NotPossible(Reason.CRASHED)


def _closed(pipe: IO[bytes] | None) -> None:
    if pipe is not None and not pipe.closed:
        with suppress(BrokenPipeError):
            pipe.close()
