"""Around a whole process: the body of a request comes whole, and soon enough, or is refused.

The server gives headers ten seconds, but hands us a body of which the rest may never come: a thread
of ours waits for it, and there are few. And a body that breaks off looks to Django as if it were
finished: half a message would be stored as if it were all.
"""

import os
import socket
import stat
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import UnsupportedOperation
from typing import Any

from django.core.exceptions import BadRequest

from vertrouwd.project.last_resort import Program

PATIENCE = 60.0  # seconds within which a slow sender gets through
PIECE = 64 * 1024  # bytes: what must come within them; some kilobyte a second
LOOKS = 12  # within PATIENCE
READ_ON = 32 * 1024 * 1024  # bytes of a body that no page wanted
READ_ON_FOR = 20.0  # seconds
READ_ON_AT_ONCE = 16  # threads
# Their places in <linux/tcp.h> tcp_info: milliseconds in 4 bytes, a number in 8.
LAST_RECEIVED, BYTES_RECEIVED = 52, 128
END_SILENT = "vertrouwd.end_silent"  # in the environment of a request: `Watch.end_silent`
SILENT = 2.0  # seconds without a sign


class Body:
    """What is read of one request, at most PIECE bytes a time, of `size` in all.

    Django asks for no more than `read`, and wants to see a `readline` before it begins.
    """

    def __init__(self, stream: Any, size: int, waiting: dict[int, float]) -> None:
        self._stream, self._left, self._waiting = stream, size, waiting

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or all that are left. Raises BadRequest when the sender breaks off."""
        wanted = self._left if size < 0 else min(size, self._left)
        pieces = []
        while wanted:
            piece = self._piece(min(wanted, PIECE))
            pieces.append(piece)
            wanted -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def read_on(self, *, within: float = READ_ON_FOR) -> None:
        """What nobody read, unless it is too much: a browser that is still sending reads no answer,
        and shows that the connection broke."""
        latest = time.monotonic() + within
        with suppress(BadRequest):
            while 0 < self._left <= READ_ON and time.monotonic() < latest:
                self.read(PIECE)

    def readline(self, size: int = -1) -> bytes:
        """Raises UnsupportedOperation."""
        raise UnsupportedOperation

    def _piece(self, size: int) -> bytes:
        me = threading.get_ident()
        self._waiting[me] = time.monotonic()
        try:
            found: bytes = self._stream.read(size)
        finally:
            del self._waiting[me]
        if not found:
            raise BadRequest("The request broke off.")
        self._left -= len(found)
        return found


class Watch:
    """Ends connections that keep a thread waiting: those that send next to nothing.

    Only while somebody waits: then also one that is open and idle ends, which a browser opens again
    by itself. Elsewhere than on Linux nobody tells how much came, and nothing is ended.
    """

    def __init__(self, port: int, *, patience: float = PATIENCE) -> None:
        self.waiting: dict[int, float] = {}  # thread -> since when
        self._port, self._patience = port, patience
        self._seen: dict[int, deque[int]] = {}  # socket -> bytes received, at each look
        self._ending = threading.Lock()  # each holds a copy of every connection meanwhile

    def start(self) -> None:
        """Look for as long as the process lives."""
        if sys.platform == "linux":
            threading.Thread(target=self._look_on, daemon=True).start()

    def _look_on(self) -> None:
        while True:
            time.sleep(self._patience / LOOKS)
            with suppress(OSError):  # a connection may end while it is looked at
                self.look()

    def look(self) -> int:
        """Look once; how many connections were ended."""
        open_now = dict(_connections(self._port))
        self._seen = {inode: self._seen.get(inode, deque(maxlen=LOOKS)) for inode in open_now}
        too_long_ago = time.monotonic() - self._patience
        is_waiting = any(since < too_long_ago for since in list(self.waiting.values()))
        ended = 0
        for inode, connection in open_now.items():
            with connection:
                received, seen = _received(connection), self._seen[inode]
                if is_waiting and len(seen) == LOOKS and received - seen[0] < PIECE:
                    connection.shutdown(socket.SHUT_RDWR)
                    ended += 1
                seen.append(received)
        return ended

    def end_silent(self, *, after: float = SILENT, at_most: int = 8) -> int:
        """End connections from which nothing came for so long, the longest first; how many.

        For when others find no place: who keeps one and says nothing makes room. A browser that
        was only idle opens its connection again.
        """
        if sys.platform != "linux":
            return 0
        with self._ending, suppress(OSError):
            return self._end_silent(after, at_most)
        return 0

    def _end_silent(self, after: float, at_most: int) -> int:
        open_now = [connection for _, connection in _connections(self._port)]
        try:
            silent = [(_silent_for(each), n) for n, each in enumerate(open_now)]
            longest = sorted((each for each in silent if each[0] >= after), reverse=True)[:at_most]
            for _, number in longest:
                with suppress(OSError):
                    open_now[number].shutdown(socket.SHUT_RDWR)
        finally:
            for connection in open_now:
                connection.close()
        return len(longest)


def with_whole_bodies(program: Program, *, port: int) -> Program:
    """The same WSGI program, which reads bodies by `Body`."""
    watch = Watch(port)
    watch.start()
    reading_on = threading.BoundedSemaphore(READ_ON_AT_ONCE)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        size = environ.get("CONTENT_LENGTH") or ""
        if not (size.isascii() and size.isdigit()):
            return program(environ, start_response)
        environ[END_SILENT] = watch.end_silent
        body = environ["wsgi.input"] = Body(environ["wsgi.input"], int(size), watch.waiting)
        answered = program(environ, start_response)
        if reading_on.acquire(blocking=False):
            try:
                body.read_on()
            finally:
                reading_on.release()
        return answered

    return answer


def _connections(port: int) -> Iterator[tuple[int, socket.socket]]:
    """Of this process, those that came in at the port: a number of the socket, and a copy."""
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - numbers, no paths
        with suppress(OSError):
            found = os.fstat(int(name))
            if not stat.S_ISSOCK(found.st_mode):
                continue
            copy = socket.socket(fileno=os.dup(int(name)))
            try:
                is_ours = copy.getsockname()[1] == port and bool(copy.getpeername())
            except (OSError, IndexError):
                is_ours = False
            if is_ours:
                yield found.st_ino, copy
            else:
                copy.close()


def _received(connection: socket.socket) -> int:
    """Bytes so far."""
    return int(struct.unpack_from("Q", _told(connection), BYTES_RECEIVED)[0])


def _silent_for(connection: socket.socket) -> float:
    """Seconds since something came."""
    return int(struct.unpack_from("I", _told(connection), LAST_RECEIVED)[0]) / 1000


def _told(connection: socket.socket) -> bytes:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, BYTES_RECEIVED + 8)
