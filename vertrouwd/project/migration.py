"""Bring the database up to date with the apps of every process, in a process of its own.

The command line loads few apps so that it starts at once. The tables of the casework (sessions,
logging in) belong to apps that it does not load; they are loaded here, and only when needed.
"""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from vertrouwd.faults import failure

PACKAGE = Path(__file__).resolve().parent.parent
EVERY_APP = "vertrouwd.project.settings.casework"


class NotMigrated(Exception):
    """The database could not be brought up to date; the message is one line that says why."""


def migrate(home: Path, *, database: str) -> None:
    """Run the migrations of every app on the database of this home. Raises NotMigrated."""
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        env={**kept, "VERTROUWD_HOME": str(home), "VERTROUWD_DATABASE": database},
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        reason = said[-1] if said else f"it ended with code {done.returncode}"
        raise NotMigrated(f"The database was not brought up to date. {reason}")


def fingerprint(database: str) -> str:
    """Changes with what there is to migrate: our migrations, the apps of others, the database."""
    ours = sorted(str(p.relative_to(PACKAGE)) for p in PACKAGE.glob("*/migrations/0*.py"))
    chosen = [p.read_text("utf-8") for p in sorted((PACKAGE / "project/settings").glob("*.py"))]
    return sha256("\n".join([database, *ours, *_versions(), *chosen]).encode()).hexdigest()


def _versions() -> list[str]:
    """Django and the apps made for it, as installed: name and version.

    Read from the names of the folders: `importlib.metadata` takes as long as a whole command.
    """
    import django

    beside = Path(django.__file__).resolve().parent.parent
    return sorted(path.name for path in beside.glob("django*.dist-info"))


def main() -> int:
    """In the process of its own; what fails is one line on standard error."""
    os.environ["DJANGO_SETTINGS_MODULE"] = EVERY_APP
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    except Exception as fault:
        if os.environ.get("VERTROUWD_TRACEBACK"):
            raise
        sys.stderr.write(f"{failure(fault)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
