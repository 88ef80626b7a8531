"""The one folder that holds all state: VERTROUWD_HOME (default ./var)."""

import os
import secrets
from hashlib import sha256
from pathlib import Path

MIGRATED = "migrated.stamp"


def home_folder() -> Path:
    """The folder of this installation, made on first use and closed to other accounts."""
    home = Path(os.environ.get("VERTROUWD_HOME") or "var").resolve()
    if not home.is_dir():
        home.mkdir(parents=True, mode=0o700)
    return home


def secret_key(home: Path) -> str:
    """The signing key of this installation, made on first use, readable by its owner only."""
    path = home / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


def prepare_database(home: Path, *, database: str) -> bool:
    """Create or migrate the database unless that was done for these migrations and this database.

    Returns True when something had to be done.
    """
    stamp = home / MIGRATED
    wanted = _fingerprint_of_migrations(database)
    if stamp.exists() and stamp.read_text() == wanted and _database_is_there(home, database):
        return False
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    stamp.write_text(wanted)
    return True


def _fingerprint_of_migrations(database: str) -> str:
    package = Path(__file__).resolve().parent.parent
    names = sorted(str(p.relative_to(package)) for p in package.glob("*/migrations/0*.py"))
    return sha256("\n".join([database, *names]).encode()).hexdigest()


def _database_is_there(home: Path, database: str) -> bool:
    return bool(database) or (home / "vertrouwd.sqlite3").exists()
