"""What a reporter called a file, without anything that could mislead; knows no Django."""

import unicodedata
from pathlib import PurePosixPath

LONGEST = 120  # signs
LONGEST_ENDING = 12  # of which the dot is one
NAMELESS = "bestand"


def shown_name(sent: str) -> str:
    """The name without folders, control signs and signs that turn the direction of writing.

    1 to 120 signs; the ending of a longer name stays. A name of which nothing is left is
    «bestand».
    """
    base = sent.replace("\\", "/").rpartition("/")[2]
    signs = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", base))
    name = " ".join("".join(sign for sign in signs if sign.isprintable()).split())
    if not name.strip(". "):
        return NAMELESS
    return name if len(name) <= LONGEST else _shortened(name)


def _shortened(name: str) -> str:
    ending = PurePosixPath(name).suffix
    if len(ending) > LONGEST_ENDING:
        ending = ""
    return name[: LONGEST - len(ending)].rstrip() + ending
