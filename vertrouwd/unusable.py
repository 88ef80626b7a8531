"""Signs that no browser sends and no database takes; knows no Django."""

import re

# Half of a pair of UTF-16 (a broken encoding), or the control sign that ends a text in C.
SIGNS = re.compile(r"[\x00\ud800-\udfff]")


def is_unusable(text: str) -> bool:
    """Whether such a sign stands in it."""
    return SIGNS.search(text) is not None
