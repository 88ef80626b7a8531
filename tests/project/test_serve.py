"""`vertrouwd serve`: starts, answers, stops with its whole group, and says why it cannot."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.publication.overview_example import ExampleRelease
from vertrouwd.project.server import Address, CannotServe, check_address, parse_address
from vertrouwd.publication.overview.files import write_overview

PROGRAM = Path(sys.executable).with_name("vertrouwd")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def fetch(url: str):
    try:
        return urllib.request.urlopen(url, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VERTROUWD_", "DJANGO_"))}
    return {**kept, "VERTROUWD_HOME": str(home)}


@pytest.fixture
def server(tmp_path):
    """A server on a free port, in a process group of its own."""
    port = free_port()
    process = subprocess.Popen(
        [PROGRAM, "serve", "--public", f"localhost:{port}"],
        env=environment(tmp_path / "home"), start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    for _ in range(200):
        if listens(port) or process.poll() is not None:
            break
        time.sleep(0.1)
    assert listens(port), process.communicate()[0]
    yield process, port
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_silent(port: int) -> bool:
    for _ in range(100):
        if not listens(port):
            return True
        time.sleep(0.1)
    return False


def test_ctrl_c_ends_it_cleanly_and_nothing_keeps_listening(server):
    process, port = server
    answer = fetch(f"http://localhost:{port}/bestaat-niet")
    assert answer.status == 404
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Set-Cookie"] is None
    assert "granian" not in str(answer.headers).lower()
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert said == f"Serving on http://localhost:{port}/ (Ctrl-C stops)\n"
    assert wait_until_silent(port)


def test_a_killed_group_leaves_nothing_listening(server):
    process, port = server
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=20)
    assert wait_until_silent(port)


def test_another_host_name_than_ours_is_refused_without_an_echo(server):
    _, port = server
    request = urllib.request.Request(f"http://localhost:{port}/", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.status == 400
    assert b"evil" not in refused.value.read()


def test_a_port_that_is_taken_is_one_line_that_names_another(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = subprocess.run(
            [PROGRAM, "serve", "--public", f"localhost:{port}"],
            env=environment(tmp_path / "home"), capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert f"--public localhost:{port + 1}" in refused.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_a_demonstration_is_served_to_this_machine_only(host):
    with pytest.raises(CannotServe, match="this machine only"):
        check_address(Address(host, free_port()), demonstration=True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_may_see_a_demonstration(host):
    check_address(Address(host, free_port()), demonstration=True)


def test_a_home_with_a_demonstration_is_not_served_to_others(tmp_path):
    (tmp_path / "demonstrations").mkdir()
    (tmp_path / "demonstrations" / "2022-2023.json").write_text("{}")
    refused = subprocess.run(
        [PROGRAM, "serve", "--public", f"0.0.0.0:{free_port()}"],
        env=environment(tmp_path), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "this machine only" in refused.stderr


def test_an_overview_of_invented_cases_is_not_served_to_others_either(tmp_path):
    """Copied from a demonstration, or made of a file with invented institutions."""
    write_overview(ExampleRelease(), tmp_path / "publications" / "2022-2023" / "overview")
    refused = subprocess.run(
        [PROGRAM, "serve", "--public", f"0.0.0.0:{free_port()}"],
        env=environment(tmp_path), capture_output=True, text=True, timeout=60,
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
