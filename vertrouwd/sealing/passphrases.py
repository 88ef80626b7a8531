"""Passphrases of common Dutch words, and keys from them; knows no Django.

Six words out of 7,776 are 77.5 bits, drawn by the program and never chosen by a person. The key is
HKDF(argon2id(phrase, salt), pepper): the pepper stands outside database and backup, so that who
has these two cannot even begin to guess. Words: data/SOURCES.md.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple

from vertrouwd.sealing.suite import KEY_BYTES, derived_key
from vertrouwd.sealing.unreadable import Unreadable

WORDS_FILE = Path(__file__).parent / "data" / "words.txt"
WORDS_IN_A_PHRASE = 6
SALT_BYTES = 16
AT_ONCE = 2  # derivations in one process: 2 x 46 MiB
PATIENCE = 5.0  # seconds that one waits for its turn


class Busy(Exception):
    """Too many derivations at once: try again in a moment."""


class Cost(NamedTuple):
    """What one derivation of argon2id (RFC 9106) takes: KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


# The first byte of a salt says which; none goes away, or what was made with it stays shut.
COSTS = {
    1: Cost(memory=46 * 1024, passes=1, lanes=1),  # the least that OWASP advises; some 50 ms
    2: Cost(memory=46 * 1024, passes=3, lanes=1),  # some 100 ms
}
NEWEST = 2
_turns = BoundedSemaphore(AT_ONCE)


@cache
def words() -> tuple[str, ...]:
    """The 7,776 words, in alphabetical order."""
    return tuple(WORDS_FILE.read_text(encoding="ascii").split())


@cache
def _known() -> frozenset[str]:
    return frozenset(words())


def generate(count: int = WORDS_IN_A_PHRASE) -> str:
    """A new passphrase: words with a space between, 12.9 bits each."""
    return " ".join(secrets.choice(words()) for _ in range(count))


def normalise(text: str) -> str:
    """The phrase as it was generated: small letters, no accents, one space between words."""
    # Apart first: a capital in a style of its own becomes a letter only then, and small after that.
    small = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", small)
    without_marks = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", without_marks))


def unknown_words(text: str) -> list[str]:
    """The typed words that are not in the list, each once: typing errors, whatever the phrase is.

    Anybody can look them up in the list, so saying so tells nothing about anybody's passphrase.
    """
    return [word for word in dict.fromkeys(normalise(text).split()) if word not in _known()]


def new_salt() -> bytes:
    """A byte that names the cost, and 16 random bytes; stored beside what the key seals."""
    return bytes([NEWEST]) + secrets.token_bytes(SALT_BYTES)


def passphrase_key(phrase: str, *, salt: bytes, pepper: bytes, patience: float = PATIENCE) -> bytes:
    """32 bytes from a phrase, however it was typed; some 100 ms and 46 MiB.

    Raises Busy when no turn came within `patience` seconds, Unreadable for a salt whose cost is
    not known here, ValueError for a pepper of less than 32 bytes.
    """
    # Loaded here: most of what imports this module needs only the words.
    from argon2.low_level import Type, hash_secret_raw

    salt = bytes(salt)
    if len(pepper) < KEY_BYTES:
        raise ValueError(f"The pepper has {len(pepper)} bytes; at least {KEY_BYTES} are needed.")
    if len(salt) != 1 + SALT_BYTES or salt[0] not in COSTS:
        raise Unreadable
    cost = COSTS[salt[0]]
    with turn(patience):
        hashed = hash_secret_raw(
            normalise(phrase).encode(), salt[1:], time_cost=cost.passes, memory_cost=cost.memory,
            parallelism=cost.lanes, hash_len=KEY_BYTES, type=Type.ID,
        )  # fmt: skip
    return derived_key(hashed, salt=bytes(pepper), info=b"vertrouwd passphrase key 1")


@contextmanager
def turn(patience: float = PATIENCE) -> Iterator[None]:
    """One of the few places in this process where memory is spent. Raises Busy."""
    if not _turns.acquire(timeout=patience):
        raise Busy("Too many people are unlocking at this moment. Try again in a moment.")
    try:
        yield
    finally:
        _turns.release()
