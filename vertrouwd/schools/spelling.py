"""How names of schools and towns are written, and how they are compared. No Django here."""

import re
import unicodedata

SMALL_WORDS = {
    "a/d", "aan", "ad", "bij", "de", "den", "der", "en", "het", "in", "op", "over", "te", "ten",
    "ter", "van",
}  # fmt: skip


def town_spelling(text: str) -> str:
    """A town in capitals, as DUO writes it, in the usual spelling; any other text unchanged.

    CAPELLE AAN DEN IJSSEL -> Capelle aan den IJssel, 'S-GRAVENHAGE -> 's-Gravenhage.
    """
    if text != text.upper():
        return text
    words = text.lower().split()
    return " ".join(
        word if index and word in SMALL_WORDS else "-".join(map(_capital, word.split("-")))
        for index, word in enumerate(words)
    )


def _capital(word: str) -> str:
    if word.startswith("'"):
        return word
    if word.startswith("ij"):
        return "IJ" + word[2:]
    return word[:1].upper() + word[1:]


def plain(text: str) -> str:
    """Small letters without accents or signs, words separated by one space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "")).split())
