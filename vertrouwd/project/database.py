"""Which database: SQLite in the home folder, or the PostgreSQL that VERTROUWD_DATABASE names."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# A thread keeps its connection for the next request: to open one, PostgreSQL starts a process that
# has to read what tables there are, and SQLite writes its journal back when the last one closes.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}  # seconds


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
            **KEPT,
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(
            f"VERTROUWD_DATABASE starts with '{parts.scheme}:'. Possible: postgresql://..., "
            "or leave it empty for SQLite."
        )
    options = dict(parse_qsl(parts.query))
    # Compiling a question costs more (40 to 80 ms) than any of ours takes.
    options["options"] = f"-c jit=off {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        **KEPT,
    }
