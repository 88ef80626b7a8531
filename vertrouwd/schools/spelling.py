"""How names of schools and towns are written, and how they are compared. No Django here."""

import re
import unicodedata

SMALL_WORDS = {
    "a/d", "aan", "ad", "bij", "de", "den", "der", "en", "het", "in", "op", "over", "te", "ten",
    "ter", "van",
}  # fmt: skip

# What people write -> what the names are compared as.
WRITTEN_ALIKE = {
    "'s-gravenhage": "denhaag",
    "s gravenhage": "denhaag",
    "'s gravenhage": "denhaag",
    "the hague": "denhaag",
    "den haag": "denhaag",
    "'s-hertogenbosch": "denbosch",
    "'s hertogenbosch": "denbosch",
    "s hertogenbosch": "denbosch",
    "den bosch": "denbosch",
    "speciaal basisonderwijs": "sbo",
    "speciale basisschool": "sbo basisschool",
    "r.k.": "katholieke",
    "p.c.": "christelijke",
    "a/d": "aan den",
    "a.d.": "aan den",
    "v/d": "van de",
    "v.d.": "van de",
}
ALIKE = re.compile(
    rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, sorted(WRITTEN_ALIKE, reverse=True)))})(?![a-z0-9])"
)
ABBREVIATIONS = {
    "obs": "openbare basisschool",
    "cbs": "christelijke basisschool",
    "pcbs": "christelijke basisschool",
    "pcbo": "christelijke basisschool",
    "pcb": "christelijke basisschool",
    "kbs": "katholieke basisschool",
    "rkbs": "katholieke basisschool",
    "gbs": "gereformeerde basisschool",
    "ibs": "islamitische basisschool",
    "bs": "basisschool",
    "basissch": "basisschool",
    "basisonderwijs": "basisschool",
    "rk": "katholieke",
    "rooms": "katholieke",
    "protestants": "christelijke",
    "protestantse": "christelijke",
    "katholiek": "katholieke",
    "pc": "christelijke",
    "chr": "christelijke",
    "christelijk": "christelijke",
    "geref": "gereformeerde",
    "openbaar": "openbare",
    "ikc": "kindcentrum",
    "kc": "kindcentrum",
    "sgm": "scholengemeenschap",
    "sg": "scholengemeenschap",
    "lyc": "lyceum",
    "gym": "gymnasium",
    "gymn": "gymnasium",
    "ath": "atheneum",
    "st": "sint",
    "dr": "doctor",
    "ds": "dominee",
    "mr": "meester",
    "prof": "professor",
    "pr": "prins",
    "kon": "koningin",
    "burg": "burgemeester",
    "sbao": "sbo",
}
# «Beatrixschool» and «Beatrix School» are the same name.
ENDINGS = ("school", "college", "lyceum", "gymnasium", "onderwijs")


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
    """Small letters without accents or signs, words separated by one space; «ij» stays as it is."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", _unaccented(text).replace("'", "")).split())


def compared_words(text: str) -> list[str]:
    """The words of a name or a town as they are compared: abbreviations written out, endings loose.

    «Obs 'De Esdoorn', 's-Gravenhage» -> openbare, basisschool, de, esdoorn, denhaag.
    """
    written = f" {' '.join(_unaccented(text).split())} "
    written = ALIKE.sub(lambda found: WRITTEN_ALIKE[found[0]], written)
    words: list[str] = []
    for word in plain(written).split():
        for part in ABBREVIATIONS.get(word, word).split():
            words += _loose_ending(part)
    return words


def _loose_ending(word: str) -> list[str]:
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and stem != "basis":
            return [stem, ending]
    return [word]


def _unaccented(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    if letters.isascii():  # as nearly every name is: thousands are read when an index is built
        return letters
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
