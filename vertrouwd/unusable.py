"""Characters that no browser sends and no database takes; knows no Django."""

import re

# Half of a surrogate pair of UTF-16 (a broken encoding), or NUL, which ends a text in C.
UNUSABLE = re.compile(r"[\x00\ud800-\udfff]")


def is_unusable(text: str) -> bool:
    """Whether such a character stands in it."""
    return UNUSABLE.search(text) is not None
