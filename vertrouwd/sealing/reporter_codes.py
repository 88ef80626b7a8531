"""Reference, code and mailbox key of a reporter, in a form that never changes; knows no Django.

The reference (V-7K3-M9Q-TXK) may be known to others and says nothing. The code (16 symbols in four
groups of four) opens: 80 bits, all random, none that checks. With so many bits there is nothing to
guess, so no slow hash and no slowing down. Why this form: docs/decisions/reference-and-code.md.
"""

import secrets
from enum import StrEnum

from vertrouwd.sealing import speakable
from vertrouwd.sealing.binding import joined
from vertrouwd.sealing.suite import derived_key, open_bytes, seal_bytes

PREFIX = "V"
REFERENCE_SYMBOLS = 8
CODE_SYMBOLS = 16
CODE_BITS = CODE_SYMBOLS * speakable.BITS
TOKEN_BYTES = 32
SALT_BYTES = 16


class Mistake(StrEnum):
    """What is wrong with a typed reference or code; it says nothing about what exists."""

    LENGTH = "lengte"  # something is missing, or too much
    SIGN = "teken"  # a sign that never occurs in it
    CHECK = "controle"  # a reference that was typed or copied wrongly somewhere


class Mistyped(ValueError):
    """No reference or code can look like this: a typing error, whatever is stored."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        super().__init__(f"This was not copied well: {mistake.name.lower()}.")


def new_reference() -> str:
    """V and three groups of three: 8 random symbols (some 40 bits) and a check symbol.

    Drawn again when a group could be read as a word, or when it starts with a second V, so that
    the first may be left out. Not unique by itself: whoever stores it draws again when it is taken.
    """
    while True:
        drawn = speakable.written(secrets.randbits(40), REFERENCE_SYMBOLS)
        drawn += speakable.checks(drawn)
        groups = speakable.grouped(drawn, 3, "-")
        words = any(_could_be_a_word(group) for group in groups.split("-"))
        if not words and not drawn.startswith(PREFIX):
            return f"{PREFIX}-{groups}"


def read_reference(text: str) -> str:
    """The reference as it is stored, from what somebody typed. Raises Mistyped."""
    typed = speakable.symbols(text).removeprefix(PREFIX)
    if len(typed) != REFERENCE_SYMBOLS + 1:
        raise Mistyped(Mistake.LENGTH)
    if not speakable.are_symbols(typed):
        raise Mistyped(Mistake.SIGN)
    if speakable.checks(typed[:-1]) != typed[-1]:
        raise Mistyped(Mistake.CHECK)
    return f"{PREFIX}-{speakable.grouped(typed, 3, '-')}"


def new_code() -> str:
    """A code of 80 random bits: 16 symbols in four groups of four, `7K3M 9QTX 4B2D WN8P`."""
    return _code(secrets.randbits(CODE_BITS))


def code_from(token: bytes) -> str:
    """The code that belongs to a token of 256 random bits: always the same one.

    Raises ValueError for a token of another size.
    """
    if len(token) != TOKEN_BYTES:
        raise ValueError(f"A token has {TOKEN_BYTES} bytes, not {len(token)}.")
    drawn = derived_key(token, salt=b"", info=b"vertrouwd code of token 1")
    return _code(int.from_bytes(drawn[: CODE_BITS // 8], "big"))


def read_code(text: str) -> str:
    """The code in its groups, from what somebody typed. Raises Mistyped."""
    typed = speakable.symbols(text)
    if not speakable.are_symbols(typed):
        raise Mistyped(Mistake.SIGN)
    if len(typed) != CODE_SYMBOLS:
        raise Mistyped(Mistake.LENGTH)
    return speakable.grouped(typed, 4)


def new_salt() -> bytes:
    """16 random bytes, stored beside the reference."""
    return secrets.token_bytes(SALT_BYTES)


def mailbox_key(code: str, *, salt: bytes) -> bytes:
    """32 bytes by HKDF-SHA256 from a code, however it was typed. Raises Mistyped."""
    symbols = read_code(code).replace(" ", "")
    return derived_key(symbols.encode(), salt=bytes(salt), info=b"vertrouwd mailbox key 1")


def wrap_for_reporter(thread_key: bytes, *, key: bytes, record: str) -> bytes:
    """The thread key of a record, sealed under the mailbox key `key`."""
    return seal_bytes(key, thread_key, associated_data=_place(record))


def unwrap_for_reporter(wrapped: bytes, *, key: bytes, record: str) -> bytes:
    """The thread key. Raises Unreadable for another code, record or altered bytes."""
    return open_bytes(key, wrapped, associated_data=_place(record))


def _place(record: str) -> bytes:
    return joined(b"vertrouwd reporter 1", record)


def _code(drawn: int) -> str:
    return speakable.grouped(speakable.written(drawn, CODE_SYMBOLS), 4)


def _could_be_a_word(group: str) -> bool:
    return group.isalpha() and any(vowel in group for vowel in "AEY")
