"""`vertrouwd serve`: starts, answers, stops with its whole group, and says why it cannot."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.homes import make_home
from tests.project.running import (
    LINUX,
    PROGRAM,
    environment,
    free_port,
    listens,
    running,
    wait_until,
)
from tests.publication.overview_example import ExampleRelease
from vertrouwd import project
from vertrouwd.project.addresses import Address, CannotServe, check_address, parse_address
from vertrouwd.project.supervisor import environment_of
from vertrouwd.publication.overview.files import write_overview


def asked_in(file: str) -> list[str]:
    """The names that a file of settings asks of the environment, or mentions."""
    found = (Path(project.__file__).parent / "settings" / file).read_text()
    return re.findall(r'"(VERTROUWD_[A-Z_]+)"', found)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One home for the servers of this file: what is in it costs seconds to make."""
    return tmp_path_factory.mktemp("served") / "home"


@pytest.fixture
def server(served):
    with running(served) as found:
        yield found


def test_both_sites_answer_and_say_where(server):
    public, casework = (f"http://localhost:{port}/" for port in server.ports)
    said = server.said
    assert said.endswith(
        f"Serving the public pages on {public} and the casework on {casework} (Ctrl-C stops)\n"
    )
    status, headers, _ = server.ask(server.public, "/bestaat-niet")
    assert status == 404
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers
    status, headers, _ = server.ask(server.casework, "/")
    assert (status, headers["location"].partition("?")[0]) == (302, "/inloggen")
    assert server.ask(server.casework, "/bestaat-niet")[0] == 404
    for port in server.ports:
        assert server.ask(port, "/health")[::2] == (200, b"")
        assert "granian" not in str(server.ask(port, "/")[1]).lower()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_group_or_to_the_command_ends_all_cleanly(server, number):
    (os.killpg if number == signal.SIGINT else os.kill)(server.process.pid, number)
    assert server.process.wait(timeout=20) == 0
    assert server.is_silent
    assert server.others == []
    assert "fault" not in server.said


def test_a_killed_group_leaves_nothing_listening(server):
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait(timeout=20)
    assert wait_until(lambda: server.is_silent)


def test_when_the_command_is_killed_everything_it_started_ends_too(server):
    assert len(server.others) == 4
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(timeout=20)
    assert wait_until(lambda: server.is_silent and not server.others)


@pytest.mark.parametrize("which", [0, 1], ids=["the one that watches", "its worker"])
def test_a_process_that_dies_is_started_again_while_the_other_answers(server, which):
    before = server.named("casework")
    os.kill(before[which], signal.SIGKILL)
    assert wait_until(lambda: '"event": "process_died"' in server.said)
    assert server.ask(server.public, "/health")[0] == 200
    assert wait_until(lambda: listens(server.casework) and server.named("casework") != before)
    assert server.ask(server.casework, "/health")[0] == 200
    died = next(json.loads(line) for line in server.said.splitlines() if "process_died" in line)
    assert died["process"] == "casework"
    assert died["again_in_seconds"] == 1
    assert server.process.poll() is None


def test_a_process_that_does_not_start_ends_everything_with_a_reason(tmp_path):
    home = tmp_path / "home"
    (home / "keys" / "casework").mkdir(parents=True)
    make_home(home)
    shutil.rmtree(home / "keys" / "public", ignore_errors=True)
    (home / "keys" / "public").write_text("in the way")
    refused = subprocess.run(
        [PROGRAM, "serve", "--public", f"localhost:{free_port()}", "--casework",
         f"localhost:{free_port()}"],
        env=environment(home), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "Serving" not in refused.stdout
    assert "Did not start: public" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_lines_of_the_log_are_chained_while_it_serves(server):
    with sqlite3.connect(server.said_in.parent / "home" / "vertrouwd.sqlite3") as database:
        assert wait_until(
            lambda: database.execute("SELECT count(*) FROM audit_waiting").fetchone() == (0,)
        )


def test_the_work_that_may_wait_is_done_while_it_serves(tmp_path):
    """In a home of its own: where a worker was killed, its job waits until its time is over."""
    home = tmp_path / "home"
    with running(home), sqlite3.connect(home / "vertrouwd.sqlite3") as database:
        asked = "SELECT kind FROM jobs_job WHERE state = 'klaar' ORDER BY kind"
        assert wait_until(
            lambda: ("sweep_sessions",) in database.execute(asked).fetchall(), seconds=30
        )


def test_no_process_lets_others_look_in_and_its_files_are_its_own():
    code = (
        "import os; from vertrouwd.project.closed import *; before = is_dumpable();"
        "close_to_others(); print(before, is_dumpable(), oct(os.umask(0)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    expected = ["True", "False"] if LINUX else ["None", "None"]
    assert shown.stdout.split() == [*expected, "0o77"]


def test_another_host_name_than_ours_is_refused_without_an_echo(server):
    for port in server.ports:
        status, _, body = server.ask(port, "/", Host="evil.example")
        assert status == 400
        assert b"evil" not in body


def test_a_port_that_is_taken_is_one_line_that_names_another(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = subprocess.run(
            [PROGRAM, "serve", "--public", f"localhost:{free_port()}", "--casework",
             f"localhost:{port}"],
            env=environment(make_home(tmp_path / "home")),
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert f"--casework localhost:{port + 10}" in refused.stderr


def test_two_sites_on_one_port_are_refused(tmp_path):
    port = free_port()
    refused = subprocess.run(
        [PROGRAM, "serve", "--public", f"localhost:{port}", "--casework", f"127.0.0.1:{port}"],
        env=environment(make_home(tmp_path / "home")), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 2
    assert "two ports" in refused.stderr


def test_the_public_process_is_not_told_where_the_secrets_of_the_casework_are(monkeypatch):
    monkeypatch.setenv("VERTROUWD_PEPPER_FILE", "somewhere")
    monkeypatch.setenv("VERTROUWD_HOSTS", "vertrouwd.example")
    public, casework = environment_of("public"), environment_of("casework")
    assert "VERTROUWD_PEPPER_FILE" in casework
    assert "VERTROUWD_PEPPER_FILE" not in public
    assert public["VERTROUWD_HOSTS"] == "vertrouwd.example"
    assert public["PATH"] == casework["PATH"]


def test_the_public_process_is_told_all_that_its_own_settings_ask(monkeypatch):
    told = {name for file in ("public.py", "site.py") for name in asked_in(file)}
    assert "VERTROUWD_RESERVE_BYTES" in told
    for name in told:
        monkeypatch.setenv(name, "said")
    assert told <= environment_of("public").keys()


def test_the_public_process_knows_the_database_by_its_own_role_only(monkeypatch):
    monkeypatch.setenv("VERTROUWD_DATABASE", "postgresql://casework@/name")
    assert environment_of("public")["VERTROUWD_DATABASE"] == "postgresql://casework@/name"
    monkeypatch.setenv("VERTROUWD_PUBLIC_DATABASE", "postgresql://public@/name")
    told = environment_of("public")
    assert [value for value in told.values() if "postgresql:" in value] == [
        "postgresql://public@/name"
    ]
    assert told["VERTROUWD_DATABASE"] == "postgresql://public@/name"
    assert environment_of("casework")["VERTROUWD_DATABASE"] == "postgresql://casework@/name"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_a_demonstration_is_served_to_this_machine_only(host):
    with pytest.raises(CannotServe, match="this machine only"):
        check_address(Address(host, free_port()), "--public", demonstration=True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_may_see_a_demonstration(host):
    check_address(Address(host, free_port()), "--public", demonstration=True)


@pytest.mark.parametrize("option", ["--public", "--casework"])
def test_a_home_with_a_demonstration_is_not_served_to_others(tmp_path, option):
    (tmp_path / "demonstrations").mkdir()
    (tmp_path / "demonstrations" / "2022-2023.json").write_text("{}")
    refused = subprocess.run(
        [PROGRAM, "serve", option, f"0.0.0.0:{free_port()}"],
        env=environment(make_home(tmp_path)), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "this machine only" in refused.stderr


def test_an_overview_of_invented_cases_is_not_served_to_others_either(tmp_path):
    """Copied from a demonstration, or made of a file with invented institutions."""
    write_overview(ExampleRelease(), tmp_path / "publications" / "2022-2023" / "overview")
    refused = subprocess.run(
        [PROGRAM, "serve", "--public", f"0.0.0.0:{free_port()}"],
        env=environment(make_home(tmp_path)), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "this machine only" in refused.stderr


NO_ADDRESS = ["", "8000", "localhost", "localhost:", "localhost:0", ":8000", "localhost:65536"]


@pytest.mark.parametrize("text", [*NO_ADDRESS, "localhost:http", "localhost:８０"])
def test_what_is_no_address_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="Write it as localhost:8000"):
        parse_address(text)


def test_addresses_are_read_as_people_write_them():
    assert parse_address("localhost:8000") == Address("localhost", 8000)
    assert parse_address("[::1]:8000") == Address("::1", 8000)
    assert str(Address("::1", 8000)) == "[::1]:8000"
