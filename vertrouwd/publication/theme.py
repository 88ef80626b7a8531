"""The colours and letters of a house of its own: one file, `theme.css` (docs/theme.md)."""

import re
from pathlib import Path

from django.conf import settings

FILE = "theme.css"
LARGEST = 8 * 1024  # bytes: it counts in the weight of every page
# A theme asks nobody for anything: no other file of style, no address.
ASKS = re.compile(r"@import|//|\\|(url|src|image|image-set)\s*\(", re.IGNORECASE)


def theme_of_home() -> Path | None:
    """The file of this house, None when there is none."""
    named: str = settings.VERTROUWD_THEME  # type: ignore[misc]
    found = Path(named) if named else Path(settings.VERTROUWD_HOME) / FILE
    return found if found.is_file() else None


def read_theme(path: Path) -> str | None:
    """The style of a theme; None when it is too large, no text, or asks for something elsewhere."""
    try:
        text = path.read_bytes()[: LARGEST + 1].decode()
    except (OSError, UnicodeDecodeError):
        return None
    return None if len(text.encode()) > LARGEST or ASKS.search(text) else text
