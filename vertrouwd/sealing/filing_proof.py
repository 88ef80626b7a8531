"""A proof that something was filed in a certain week, and that says nothing else; knows no Django.

Two lines: the ISO week of receipt, and 40 groups of four symbols. Those are 100 bytes in base 32
(RFC 4648): a commitment (32), an Ed25519 signature over week and commitment (64), and 4 that find
a copying error. The commitment is HMAC-SHA256 of the digest of what was filed, under the opening,
32 bytes that only follow from the reporter's code. So nothing needs to be kept, and without the
code nobody can tell to which report a proof belongs. What it proves, and what not:
docs/decisions/filing-proof.md.
"""

import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vertrouwd.sealing import signing, speakable
from vertrouwd.sealing.binding import joined
from vertrouwd.sealing.suite import derived_key

VERSION = "V1"
PURPOSE = "proof of filing 1"
OPENING_BYTES, COMMITMENT_BYTES, SIGNATURE_BYTES, CHECK_BYTES = 32, 32, 64, 4
LARGEST_TEXT = 4096  # signs: a longer text is not looked at
FORM = re.compile(r"V1([0-9]{4})W([0-9]{2})([A-Z2-7]{160})")
LOOKS_LIKE = str.maketrans("018", "OIB")  # digits that do not occur


class Miscopied(ValueError):
    """No proof looks like this: something is missing, or one sign is another."""

    def __init__(self) -> None:
        super().__init__("This is no proof of filing, or it was not copied well.")


@dataclass(frozen=True)
class _Proof:
    week: str
    commitment: bytes
    signature: bytes

    @property
    def _check(self) -> bytes:
        whole = joined(VERSION, self.week, self.commitment, self.signature)
        return sha256(whole).digest()[:CHECK_BYTES]

    def written(self) -> str:
        body = b32encode(self.commitment + self.signature + self._check).decode()
        return f"{VERSION} {self.week}\n{speakable.grouped(body, 4)}"

    @classmethod
    def read(cls, text: str) -> "_Proof":
        """However it was typed. Raises Miscopied."""
        typed = speakable.plain(text) if len(text) <= LARGEST_TEXT else ""
        head, body = typed[: len("V12026W48")], typed[len("V12026W48") :]
        found = FORM.fullmatch(head + body.translate(LOOKS_LIKE))
        if not found:
            raise Miscopied
        year, number, symbols = found.groups()
        whole = b32decode(symbols)
        signed = whole[COMMITMENT_BYTES : COMMITMENT_BYTES + SIGNATURE_BYTES]
        proof = cls(f"{year}-W{number}", whole[:COMMITMENT_BYTES], signed)
        if proof._check != whole[-CHECK_BYTES:]:
            raise Miscopied
        return proof


def make_proof(*, signing_seed: bytes, opening: bytes, content: bytes, week: date) -> str:
    """The proof, two lines of text; for the same arguments always the same one.

    `signing_seed` is the proof key of the public process (32 bytes), `opening` what `opening_of`
    gives, `content` what was filed, written in a way that never changes. `week` is any day of the
    week of receipt, by the calendar of the house: only the ISO week enters. Its length and its
    signs say nothing about the content. Raises ValueError for an opening of another size.
    """
    year, number, _ = week.isocalendar()
    name = f"{year:04}-W{number:02}"
    commitment = _commitment(opening, content)
    signature = signing.SigningKey(signing_seed).sign(name, commitment, purpose=PURPOSE)
    return _Proof(name, commitment, signature).written()


def check_proof(text: str, public_key: bytes) -> str:
    """The week of receipt, such as `2026-W48`, when `public_key` (32 bytes) signed this proof.

    Raises Miscopied when it is no proof, NotSigned when it is not of this key.
    """
    proof = _Proof.read(text)
    signing.check(proof.signature, proof.week, proof.commitment, purpose=PURPOSE, public=public_key)
    return proof.week


def open_proof(text: str, opening: bytes, content: bytes) -> bool:
    """Whether this proof is about that content; the signature is not looked at.

    Raises Miscopied, and ValueError for an opening of another size.
    """
    return hmac.compare_digest(_Proof.read(text).commitment, _commitment(opening, content))


def opening_of(mailbox_key: bytes) -> bytes:
    """The opening (32 bytes) of the proofs of one mailbox, by HKDF-SHA256 from its key."""
    return derived_key(mailbox_key, salt=b"", info=b"vertrouwd filing proof opening 1")


def published_key(signing_seed: bytes) -> str:
    """The public key with which anybody checks proofs, in PEM, for the page on privacy."""
    key = Ed25519PublicKey.from_public_bytes(signing.SigningKey(signing_seed).public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _commitment(opening: bytes, content: bytes) -> bytes:
    if len(opening) != OPENING_BYTES:
        raise ValueError(f"An opening has {OPENING_BYTES} bytes, not {len(opening)}.")
    return hmac.digest(opening, sha256(content).digest(), "sha256")
