"""The PostgreSQL roles of docs/operate.md, as they stand there: each process can do its work, and
neither more.
"""

import re
import subprocess
import sys
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
def its_home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("roles") / "home"


@pytest.fixture(scope="module")
def served(address_of, its_home):
    address, grant = address_of
    home = its_home
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


FOUND_A_TEAM = """
from tests.factories import make_institution
from tests.teams import make_opened_team
make_opened_team()
make_institution(name="Kinderopvang De Eikel", town="Lelystad")  # in no register
"""
A_REPORTER = """
from dataclasses import replace
from secrets import token_bytes
from tests.intake.sealed_in import seal_file
from tests.intake.tellings import KEPT, TOLD
from vertrouwd.intake.institutions import found_for
from vertrouwd.intake.mailbox import *
from vertrouwd.intake.receiving import receive
from vertrouwd.intake.standing import standing_of

def opened(receipt):
    return open_mailbox(receipt.reference, receipt.code)

[nursery] = found_for("de eikel in lelystad", chosen="i1")
assert nursery.name == "Kinderopvang De Eikel"
for told in (TOLD, KEPT):
    sent = receive(told, token=token_bytes(32), files=[seal_file("a.png", b"a")])
    assert standing_of(opened(sent)) in ("nieuw", "bewaard")
    add_files(opened(sent), [seal_file("b.png", b"b")], token=b"page")
    release(opened(sent))
    release(opened(sent))
    write(opened(sent), words="Hallo?", token=b"page")
    withdraw(opened(sent))
    go_on(opened(sent))
    mailbox = opened(sent)
    print(len(mailbox.messages), len(mailbox.files), mailbox.narrative == TOLD.texts["narrative"])
    delete_own_copy(mailbox)
thrown_away = receive(KEPT, token=token_bytes(32))
withdraw(opened(thrown_away))
"""


def _act(home: Path, address: str, code: str, settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(){code}"],
        env=environment(
            home, VERTROUWD_DATABASE=address,
            DJANGO_SETTINGS_MODULE=f"vertrouwd.project.settings.{settings}",
            PYTHONPATH=str(OPERATE.parent.parent),
        ),
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_public_process_receives_reports_and_opens_mailboxes(served, its_home):
    _, address = served
    casework, public = address("vertrouwd_casework"), address("vertrouwd_public")
    _act(its_home, casework, FOUND_A_TEAM, "base")
    said = _act(its_home, public, A_REPORTER, "public")
    assert said.splitlines() == ["5 2 True", "4 2 True"]  # what is kept tells nobody of a file


MAY_READ = {
    "schools_institution", "schools_location", "sealing_teamkey", "sealing_recoverykey",
    "sealing_datakey", "sealing_sealedtext", "dossiers_ledgerevent", "dossiers_dossier",
    "dossiers_report", "dossiers_conversation", "dossiers_reporterwish", "dossiers_message",
    "dossiers_statuschange", "attachments_attachment", "intake_sentform", "intake_keptrecord",
}  # fmt: skip
MAY_EMPTY = {"intake_sentform", "intake_keptrecord"}


def test_the_public_process_reads_no_login_and_no_work_and_removes_nothing(served):
    _, address = served
    with psycopg.connect(address("vertrouwd_owner"), autocommit=True) as owner:
        found = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in found}
    assert tables > MAY_READ | {"accounts_user", "sealing_grant", "dossiers_note"}
    with psycopg.connect(address("vertrouwd_public"), autocommit=True) as database:
        for table in sorted(tables):
            statements = [f"TRUNCATE public.{table}"]
            statements += [] if table in MAY_READ else [f"SELECT * FROM public.{table}"]
            statements += [] if table in MAY_EMPTY else [f"DELETE FROM public.{table}"]
            for statement in statements:
                with pytest.raises(InsufficientPrivilege):
                    database.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_report SET category = 'overig'",
        "UPDATE dossiers_report SET dossier_id = 1",
        "UPDATE dossiers_dossier SET sector = 'po'",
        "UPDATE dossiers_message SET at = now()",
        "UPDATE sealing_datakey SET wrapped = NULL",
        "UPDATE sealing_sealedtext SET ciphertext = ''",
        "UPDATE dossiers_ledgerevent SET report_id = NULL",
        "SELECT password FROM accounts_user",
        "SELECT action FROM audit_line",
        "INSERT INTO accounts_rolegrant DEFAULT VALUES",
        "INSERT INTO sealing_teamkey DEFAULT VALUES",
    ],
)
def test_the_public_process_changes_no_answer_no_key_and_no_text(served, statement):
    _, address = served
    with (
        psycopg.connect(address("vertrouwd_public"), autocommit=True) as database,
        pytest.raises(InsufficientPrivilege),
    ):
        database.execute(statement)
