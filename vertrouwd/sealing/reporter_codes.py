"""Reference, code and mailbox key of a reporter, in a form that never changes; knows no Django.

The reference (V-7K3-M9Q-TX4) may be known to others and says nothing. The code (28 digits in seven
groups of four) opens: 26 random digits, 86 bits, and two that check. With so many bits there is
nothing to guess, so no slow hash and no slowing down. Why digits:
docs/decisions/reference-and-code.md.
"""

import secrets
from enum import StrEnum

from vertrouwd.sealing import speakable
from vertrouwd.sealing.binding import joined
from vertrouwd.sealing.suite import derived_key, open_bytes, seal_bytes

PREFIX = "V"
REFERENCE_SYMBOLS = 8
CODE_DIGITS, CHECK_DIGITS = 26, 2
TOKEN_BYTES = 32
SALT_BYTES = 16
LOOKS_LIKE_A_DIGIT = str.maketrans("OIL", "011")


class Mistake(StrEnum):
    """What is wrong with a typed reference or code; it says nothing about what exists."""

    LENGTH = "lengte"  # something is missing, or too much
    SIGN = "teken"  # a sign that never occurs in it
    CHECK = "controle"  # it was typed or copied wrongly somewhere


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
    """A code of 86 random bits: 28 digits in seven groups of four."""
    return _code(secrets.randbelow(10**CODE_DIGITS))


def code_from(token: bytes) -> str:
    """The code that belongs to a token of 256 random bits: always the same one.

    Raises ValueError for a token of another size.
    """
    if len(token) != TOKEN_BYTES:
        raise ValueError(f"A token has {TOKEN_BYTES} bytes, not {len(token)}.")
    drawn = derived_key(token, salt=b"", info=b"vertrouwd code of token 1")
    # 256 bits onto 10^26: no code is likelier than another by more than one in 10^50.
    return _code(int.from_bytes(drawn, "big") % 10**CODE_DIGITS)


def read_code(text: str) -> str:
    """The code in its groups, from what somebody typed. Raises Mistyped."""
    typed = speakable.plain(text).translate(LOOKS_LIKE_A_DIGIT)
    if not typed.isdecimal() and typed:
        raise Mistyped(Mistake.SIGN)
    if len(typed) != CODE_DIGITS + CHECK_DIGITS:
        raise Mistyped(Mistake.LENGTH)
    if int(typed) % 97 != 1:
        raise Mistyped(Mistake.CHECK)
    return speakable.grouped(typed, 4)


def new_salt() -> bytes:
    """16 random bytes, stored beside the reference."""
    return secrets.token_bytes(SALT_BYTES)


def mailbox_key(code: str, *, salt: bytes) -> bytes:
    """32 bytes by HKDF-SHA256 from a code, however it was typed. Raises Mistyped."""
    digits = read_code(code).replace(" ", "")
    return derived_key(digits.encode(), salt=bytes(salt), info=b"vertrouwd mailbox key 1")


def wrap_for_reporter(thread_key: bytes, *, key: bytes, record: str) -> bytes:
    """The thread key of a record, sealed under the mailbox key `key`."""
    return seal_bytes(key, thread_key, associated_data=_place(record))


def unwrap_for_reporter(wrapped: bytes, *, key: bytes, record: str) -> bytes:
    """The thread key. Raises Unreadable for another code, record or altered bytes."""
    return open_bytes(key, wrapped, associated_data=_place(record))


def _place(record: str) -> bytes:
    return joined(b"vertrouwd reporter 1", record)


def _code(drawn: int) -> str:
    """With two digits behind it that make the whole 1 modulo 97, as ISO 7064 MOD 97-10 has it."""
    digits = f"{drawn:0{CODE_DIGITS}}"
    return speakable.grouped(f"{digits}{98 - int(digits + '00') % 97:02}", 4)


def _could_be_a_word(group: str) -> bool:
    return group.isalpha() and any(vowel in group for vowel in "AEY")
