"""The recovery key in shares on paper: three of five give it back, two say nothing; no Django.

Shamir's scheme over GF(256), by pyshamir. That library combines whatever it is given and always
gives some answer, so a share here carries set, number, threshold and checksum, every line of it
its own check, and what comes out is compared with the public key.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from vertrouwd.sealing import speakable
from vertrouwd.sealing.keys import SEED_BYTES, PublicKey, SecretKey

FORM = 1  # of the bytes of a share
SET_BYTES, CHECKSUM_BYTES = 6, 4
DATA_BYTES = SEED_BYTES + 1  # pyshamir puts where the polynomials were evaluated behind it
SHARE_BYTES = 1 + SET_BYTES + 1 + 1 + DATA_BYTES + CHECKSUM_BYTES
LINES, LINE_SYMBOLS, LINE_CHECKS = 8, 22, 2
LINE_LENGTH = LINE_SYMBOLS + LINE_CHECKS


class WrongShare(Exception):
    """A share that cannot be read or does not belong; says which line or which share."""


@dataclass(frozen=True, repr=False)
class Share:
    """One of the papers: of a set (12 hex digits), its number (from 1), how many are needed."""

    set_id: str
    index: int
    threshold: int
    data: bytes

    @property
    def text(self) -> str:
        """Eight numbered lines of six groups of four, to print and to type again."""
        return "\n".join(
            f"{at}) {speakable.grouped(line, 4)}" for at, line in enumerate(self._lines(), 1)
        )

    @property
    def for_qr(self) -> str:
        """The same without numbers and spaces; `read_share` reads both."""
        return "".join(self._lines())

    def _lines(self) -> list[str]:
        symbols = speakable.written(int.from_bytes(self._bytes(), "big"), LINES * LINE_SYMBOLS)
        lines = [symbols[at : at + LINE_SYMBOLS] for at in range(0, len(symbols), LINE_SYMBOLS)]
        return [line + _line_checks(at, line) for at, line in enumerate(lines, 1)]

    def _bytes(self) -> bytes:
        content = bytes([FORM]) + bytes.fromhex(self.set_id)
        content += bytes([self.index, self.threshold]) + self.data
        return content + _checksum(content)

    def __repr__(self) -> str:
        return f"Share {self.index} of set {self.set_id}"


def new_set_id() -> str:
    """A name for the shares of one ceremony: 12 hex digits; no secret."""
    return secrets.token_hex(SET_BYTES)


def split(seed: bytes, *, set_id: str, threshold: int = 3, shares: int = 5) -> list[Share]:
    """The seed of a recovery key (96 bytes) in shares, of which `threshold` give it back.

    Raises ValueError for a seed of another size, or numbers that cannot be (2 <= threshold <=
    shares <= 255).
    """
    import pyshamir

    if len(seed) != SEED_BYTES:
        raise ValueError(f"A seed has {SEED_BYTES} bytes, not {len(seed)}.")
    if len(bytes.fromhex(set_id)) != SET_BYTES:
        raise ValueError(f"A set has a name of {2 * SET_BYTES} hex digits.")
    parts = pyshamir.split(bytes(seed), shares, threshold)
    return [Share(set_id, at, threshold, bytes(part)) for at, part in enumerate(parts, 1)]


def read_share(text: str) -> Share:
    """The share that somebody typed or scanned, line by line. Raises WrongShare."""
    lines = [line for line in text.splitlines() if line.strip()]
    typed = [speakable.symbols(re.sub(r"^\s*\d\s*[).:]", "", line)) for line in lines]
    if len(typed) == 1 and len(typed[0]) == LINES * LINE_LENGTH:
        whole = typed[0]
        typed = [whole[at : at + LINE_LENGTH] for at in range(0, len(whole), LINE_LENGTH)]
    if len(typed) != LINES:
        raise WrongShare(f"A share has {LINES} lines, not {len(typed)}.")
    symbols = "".join(read_line(line, number) for number, line in enumerate(typed, 1))
    try:
        content = speakable.number(symbols).to_bytes(SHARE_BYTES, "big")
    except OverflowError:
        raise WrongShare("These lines do not make a share.") from None
    return _share(content)


def read_line(text: str, number: int) -> str:
    """The 22 symbols of line `number` (from 1), so that each can be checked as it is typed.

    Raises WrongShare, which names the line.
    """
    line = speakable.symbols(re.sub(rf"^\s*{number}\s*[).:]", "", text))
    if len(line) != LINE_LENGTH:
        raise WrongShare(f"Line {number} has {len(line)} signs, not {LINE_LENGTH}.")
    if not speakable.are_symbols(line):
        raise WrongShare(f"Line {number} has a sign that does not occur in a share.")
    symbols = line[:LINE_SYMBOLS]
    if line[LINE_SYMBOLS:] != _line_checks(number, symbols):
        raise WrongShare(f"Line {number} of this share does not check: compare it with the paper.")
    return symbols


def combine(shares: Sequence[Share], *, public: PublicKey) -> SecretKey:
    """The recovery key of which `public` is the public half.

    Raises WrongShare: too few, one twice, one of another set, or shares that give another key.
    """
    import pyshamir

    if not shares:
        raise WrongShare("There are no shares.")
    first = shares[0]
    for at, share in enumerate(shares):
        if share.set_id != first.set_id or share.threshold != first.threshold:
            raise WrongShare(
                f"Share {share.index} is of another set ({share.set_id}) than share "
                f"{first.index} ({first.set_id})."
            )
        if share.index in {other.index for other in shares[:at]}:
            raise WrongShare(f"Share {share.index} was given twice.")
    if len(shares) < first.threshold:
        raise WrongShare(f"{first.threshold} shares are needed, not {len(shares)}.")
    try:
        key = SecretKey(bytes(pyshamir.combine([bytearray(share.data) for share in shares])))
    except ValueError:
        raise WrongShare("These shares do not belong together.") from None
    if key.public != public:
        raise WrongShare("These shares do not give the recovery key of this installation.")
    return key


def _share(content: bytes) -> Share:
    body, checksum = content[:-CHECKSUM_BYTES], content[-CHECKSUM_BYTES:]
    if _checksum(body) != checksum:
        raise WrongShare("The lines do not belong together: they are of different shares.")
    if body[0] != FORM:
        raise WrongShare("This share was made by a newer version of this program.")
    set_id, rest = body[1 : 1 + SET_BYTES].hex(), body[1 + SET_BYTES :]
    return Share(set_id, index=rest[0], threshold=rest[1], data=rest[2:])


def _checksum(content: bytes) -> bytes:
    return sha256(b"vertrouwd share 1" + content).digest()[:CHECKSUM_BYTES]


def _line_checks(number: int, symbols: str) -> str:
    """Over the line and its number: two lines that changed places do not check."""
    return speakable.checks(symbols + speakable.written(number, 1), LINE_CHECKS)
