"""A secret that an administrator put in a file, named by a setting; knows no Django."""

from pathlib import Path


def read_secret(name: str, *, setting: str) -> str:
    """What stands in the file, without the white space around it.

    Raises ValueError with the setting, never the content, when the file cannot be read.
    """
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except OSError as failure:
        raise ValueError(f"{setting} cannot be read ({failure.strerror}).") from None
