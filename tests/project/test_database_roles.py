"""The PostgreSQL roles of docs/operate.md, as they stand there: each process can do its work, and
neither more.
"""

import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.project.running import PROGRAM, environment, running, wait_until
from tests.servers.postgres import postgres

OPERATE = Path(__file__).resolve().parent.parent.parent / "docs" / "operate.md"
SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def address_of():
    """Follow the document: roles and database, a first command, the grants. Gives addresses."""
    make, grant = SQL.findall(OPERATE.read_text("utf-8"))
    with postgres() as superuser:
        socket = parse_qs(urlsplit(superuser).query)["host"][0]

        def address(role: str) -> str:
            return f"postgresql://{role}@/vertrouwd?host={socket}"

        _execute(superuser, make)
        yield address, grant


@pytest.fixture(scope="module")
def served(address_of, tmp_path_factory):
    address, grant = address_of
    home = tmp_path_factory.mktemp("roles") / "home"
    for command in ("count-reports", "create-admin"):  # as whoever installs it, in this order
        subprocess.run(
            [PROGRAM, command],
            env=environment(home, VERTROUWD_DATABASE=address("vertrouwd_owner")),
            check=True, capture_output=True,
        )  # fmt: skip
    _execute(address("vertrouwd_owner"), grant)
    databases = {
        "VERTROUWD_DATABASE": address("vertrouwd_casework"),
        "VERTROUWD_PUBLIC_DATABASE": address("vertrouwd_public"),
    }
    with running(home, **databases) as server:
        yield server, address


def _execute(address: str, script: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in script.split(";"):
            if statement.strip():
                connection.execute(statement)


def test_both_sites_answer_and_the_log_is_chained(served):
    server, address = served
    for path in ("/", "/cijfers", "/health", "/.well-known/security.txt"):
        assert server.ask(server.public, path)[0] == 200
    assert server.ask(server.casework, "/inloggen")[0] == 200
    with psycopg.connect(address("vertrouwd_casework"), autocommit=True) as database:

        def is_chained() -> bool:
            return database.execute("SELECT count(*) FROM audit_waiting").fetchone() == (0,)

        assert wait_until(is_chained)
        assert database.execute("SELECT count(*) FROM audit_link").fetchone() > (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET action = 'nothing'",
        "DELETE FROM audit_link",
        "TRUNCATE audit_line",
        "DROP TRIGGER audit_line_no_update ON audit_line",
        "ALTER TABLE audit_line DISABLE TRIGGER ALL",
        "DELETE FROM dossiers_ledgerevent",
        "SET session_replication_role = replica",
        "CREATE TABLE elsewhere (words text)",
    ],
)
def test_the_casework_changes_no_line_of_the_log_and_no_table(served, statement):
    _, address = served
    with (
        psycopg.connect(address("vertrouwd_casework"), autocommit=True) as database,
        pytest.raises(InsufficientPrivilege),
    ):
        database.execute(statement)


def test_the_public_process_reads_and_writes_no_table(served):
    _, address = served
    with psycopg.connect(address("vertrouwd_owner"), autocommit=True) as owner:
        tables = [
            name
            for (name,) in owner.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            )
        ]
    assert "sealing_sealedtext" in tables
    with psycopg.connect(address("vertrouwd_public"), autocommit=True) as database:
        for table in tables:
            for statement in ("SELECT * FROM", "DELETE FROM", "TRUNCATE"):
                with pytest.raises(InsufficientPrivilege):
                    database.execute(f"{statement} public.{table}")
