"""Ask clamd whether a file holds harmful software; knows no Django.

The file goes over a socket, in pieces (`INSTREAM` of clamd): nothing of it is put on a disk by us.
"""

import socket
from collections.abc import Iterable

from vertrouwd.attachments.terms import Scan

TO_CONNECT, TO_ANSWER = 5.0, 60.0  # seconds
LONGEST_ANSWER = 1000  # bytes


def scan(pieces: Iterable[bytes], *, address: str) -> Scan:
    """What was found. `address`: the path of a socket, `host:port`, or empty: there is no scanner.

    FAILED when it could not be asked, or answered something else, such as that the file is larger
    than it takes. What `pieces` raises comes through; then nothing is known of the file.
    """
    if not address:
        return Scan.NOT_DONE
    try:
        reached = _connected(address)
    except (OSError, ValueError):
        return Scan.FAILED
    with reached:
        return _meaning(_asked(reached, pieces))


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        reached = socket.socket(socket.AF_UNIX)
        reached.settimeout(TO_CONNECT)
        try:
            reached.connect(address)
        except OSError:
            reached.close()
            raise
    else:
        host, _, port = address.rpartition(":")
        reached = socket.create_connection((host.strip("[]"), int(port)), TO_CONNECT)
    reached.settimeout(TO_ANSWER)
    return reached


def _asked(reached: socket.socket, pieces: Iterable[bytes]) -> bytes:
    """The answer; empty when the talk broke off."""
    is_open = _sent(reached, b"zINSTREAM\0")
    for piece in pieces:  # to the end also when nobody listens: it may raise
        is_open = is_open and _sent(reached, len(piece).to_bytes(4, "big") + piece)
    if is_open:
        _sent(reached, bytes(4))
    try:
        return _received(reached)
    except OSError:
        return b""


def _sent(reached: socket.socket, said: bytes) -> bool:
    try:
        reached.sendall(said)
    except OSError:
        return False  # it may have said why before it hung up
    return True


def _received(reached: socket.socket) -> bytes:
    held = b""
    while len(held) < LONGEST_ANSWER and not held.endswith(b"\0"):
        more = reached.recv(LONGEST_ANSWER)
        if not more:
            break
        held += more
    return held


def _meaning(answer: bytes) -> Scan:
    said = answer.rstrip(b"\0\n")
    if said == b"stream: OK":
        return Scan.NOTHING_FOUND
    if said.startswith(b"stream: ") and said.endswith(b" FOUND"):
        return Scan.FOUND
    return Scan.FAILED
