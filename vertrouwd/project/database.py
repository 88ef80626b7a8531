"""Which database: SQLite in the home folder, or the PostgreSQL that VERTROUWD_DATABASE names."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database_settings(address: str, *, home: Path) -> dict[str, Any]:
    """Django's settings for one database.

    `address` is empty for SQLite, or `postgresql://user:password@host:port/name`; a socket
    folder goes in the query: `postgresql:///name?host=/run/postgresql`. Raises ValueError for
    another kind.
    """
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "vertrouwd.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # What is deleted is overwritten: most builds of SQLite leave it in the file.
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA secure_delete=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(
            f"VERTROUWD_DATABASE starts with '{parts.scheme}:'. Possible: postgresql://..., "
            "or leave it empty for SQLite."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
