"""`make test`: every test on SQLite, then the tests that use the database on real PostgreSQL."""

import os
import subprocess
import sys

from tests.servers import browser
from tests.servers.postgres import postgres

PROCESSES = "2"


def main(words: list[str]) -> int:
    chromium = browser.install()
    print(f"Browser: {chromium}", flush=True)
    environment = {**os.environ, "VERTROUWD_CHROMIUM": str(chromium)}
    environment.pop("VERTROUWD_DATABASE", None)
    print("\n== Everything, on SQLite", flush=True)
    on_sqlite = pytest(*words, environment=environment)
    with postgres() as address:
        print(f"\n== The database tests, on PostgreSQL {version(address)}", flush=True)
        environment["VERTROUWD_DATABASE"] = address
        on_postgres = pytest("--database-tests", *words, environment=environment)
    return on_sqlite or on_postgres


def pytest(*words: str, environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--dist", "loadfile", *words]
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode


def version(address: str) -> str:
    import psycopg

    with psycopg.connect(address) as connection:
        return str(connection.info.parameter_status("server_version"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
