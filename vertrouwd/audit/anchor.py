"""The head of the chain, written down outside the database: who keeps one sees a rewritten log.

An anchor is a small file, `head-<number>.json`: the number, the digest and the time of a head. It
is written once and never again. The sealer leaves one every ten minutes, unsigned, in the folder
that VERTROUWD_ANCHORS names (best on another machine), by itself `anchors/` in the home folder. The
privacy officer signs one now and then with a key that is not on this machine (signed_anchor.py).
VERTROUWD_ANCHOR_COMMAND names a program that gets each head as JSON on its standard input, such as
one that stores it elsewhere or has it time-stamped; what it answers is kept as
`head-<number>.answer`.
"""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from vertrouwd.audit import stored
from vertrouwd.durable import write_whole

ANSWER_WITHIN = 30.0  # seconds
LONGEST_ANSWER = 64 * 1024  # bytes


class NotAnchored(Exception):
    """The head could not be written down outside the database; the message says why."""


class BadAnchor(Exception):
    """A file in the folder of the anchors is none; the message names it."""


@dataclass(frozen=True)
class Head:
    """The last link of the chain at a moment; `number` is also how many lines are chained."""

    number: int
    digest: str  # 64 hexadecimal digits
    at: str  # 2026-11-25T16:39:28Z

    def as_json(self) -> bytes:
        """One object with sorted keys and no spaces: also the bytes that are signed."""
        told = {
            "at": self.at, "count": self.number, "digest": self.digest, "form": 1,
            "number": self.number,
        }  # fmt: skip
        return json.dumps(told, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Anchor:
    """A head that was kept; `signature` and `signed_by` are empty when it is not signed."""

    name: str
    head: Head
    signature: bytes = b""
    signed_by: bytes = b""


def head(*, now: datetime | None = None) -> Head:
    """The head of the chain now; number 0 when nothing is chained yet."""
    number, digest = stored.head()
    at = (now or datetime.now(UTC)).astimezone(UTC)
    return Head(number, digest.hex(), f"{at:%Y-%m-%dT%H:%M:%SZ}")


def folder() -> Path:
    """Where anchors are kept; a folder that VERTROUWD_ANCHORS names is never made here.

    Raises NotAnchored when it is not there: a mount that is away is no reason to write elsewhere.
    """
    named = os.environ.get("VERTROUWD_ANCHORS")
    if not named:
        own = Path(settings.VERTROUWD_HOME) / "anchors"
        own.mkdir(mode=0o700, exist_ok=True)
        return own
    if not Path(named).is_dir():
        raise NotAnchored(f"VERTROUWD_ANCHORS names {named}, which is no folder.")
    return Path(named)


def keep(head: Head) -> Path | None:
    """Write the head down, once; the file, or None when that head has one or nothing is chained.

    Raises NotAnchored when the folder is not there or the program failed, OSError when the disk
    did.
    """
    if head.number == 0:
        return None
    path = folder() / f"head-{head.number}.json"
    if path.exists():
        return None
    if program := os.environ.get("VERTROUWD_ANCHOR_COMMAND"):
        answer = _tell(shlex.split(program), head)
        if answer:
            write_whole(path.with_suffix(".answer"), answer, mode=0o444)
    return write_whole(path, head.as_json() + b"\n", mode=0o444)


def anchors(place: Path) -> Iterator[Anchor]:
    """Every anchor in a folder, signed or not. Raises BadAnchor at a file that cannot be read."""
    for path in sorted(place.glob("head-*.json")):
        try:
            yield _read(path)
        except (OSError, ValueError, KeyError, TypeError):
            raise BadAnchor(f"{path.name} is not an anchor that can be read.") from None


def _read(path: Path) -> Anchor:
    told = json.loads(path.read_bytes())
    signature = bytes.fromhex(told.pop("signature", ""))
    signed_by = bytes.fromhex(told.pop("signed_by", ""))
    head = Head(int(told["number"]), str(told["digest"]), str(told["at"]))
    if told["form"] != 1 or head.number < 1 or not re.fullmatch("[0-9a-f]{64}", head.digest):
        raise ValueError
    return Anchor(path.name, head, signature, signed_by)


def _tell(words: list[str], head: Head) -> bytes:
    try:
        done = subprocess.run(
            words, input=head.as_json(), capture_output=True, timeout=ANSWER_WITHIN
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        reason = type(fault).__name__
        raise NotAnchored(f"The program of VERTROUWD_ANCHOR_COMMAND failed: {reason}.") from None
    if done.returncode:
        raise NotAnchored(
            f"The program of VERTROUWD_ANCHOR_COMMAND ended with exit code {done.returncode}."
        )
    return done.stdout[:LONGEST_ANSWER]
