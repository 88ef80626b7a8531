"""Symbols that can be said, copied by hand and typed again, with check symbols; knows no Django.

The 32 symbols of Crockford's base 32 (no I, L, O, U), 5 bits each. Check symbols are those of a
Reed-Solomon code over GF(32): one check finds every single wrong symbol and every exchange of two,
two checks also find every two wrong symbols. They find mistakes, not forgers.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
LONGEST = 30  # data symbols, so that no two positions weigh the same
LOOKS_LIKE = str.maketrans("OILU", "011V")
VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}


def _powers() -> list[int]:
    """Powers of a primitive element of GF(32), modulo x^5 + x^2 + 1; there are 31."""
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 32 else doubled)
    return powers


POWERS = _powers()
LOGARITHM = {power: exponent for exponent, power in enumerate(POWERS)}


def plain(text: str) -> str:
    """The letters and digits of what somebody typed: capitals, without spaces and hyphens.

    Digits of other scripts become ours. What is neither letter nor digit nor a separator stays,
    so that the reader sees that it does not belong.
    """
    signs = (
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign.upper()
        for sign in unicodedata.normalize("NFKC", text)
        if not sign.isspace() and unicodedata.category(sign) not in {"Pd", "Cf"}
    )
    return "".join(sign for sign in signs if sign not in "._·−")


def symbols(text: str) -> str:
    """As `plain`, with O read as 0, I and L as 1, U as V."""
    return plain(text).translate(LOOKS_LIKE)


def are_symbols(text: str) -> bool:
    return all(sign in VALUE for sign in text)


def checks(text: str, count: int = 1) -> str:
    """`count` check symbols over at most 30 symbols."""
    if len(text) > LONGEST:
        raise ValueError(f"At most {LONGEST} symbols can be checked together, not {len(text)}.")
    found = []
    for degree in range(1, count + 1):
        total = 0
        for position, symbol in enumerate(text, start=1):
            if value := VALUE[symbol]:
                total ^= POWERS[(LOGARITHM[value] + degree * position) % 31]
        found.append(ALPHABET[total])
    return "".join(found)


def written(number: int, length: int) -> str:
    """A number below 32^length as that many symbols, the highest first."""
    return "".join(ALPHABET[number >> BITS * at & 31] for at in reversed(range(length)))


def number(text: str) -> int:
    """The number that `written` wrote."""
    total = 0
    for symbol in text:
        total = total << BITS | VALUE[symbol]
    return total


def grouped(text: str, size: int, by: str = " ") -> str:
    return by.join(text[at : at + size] for at in range(0, len(text), size))
