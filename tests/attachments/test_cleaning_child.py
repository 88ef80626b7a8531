"""The child that reads a file sits between walls: no network, no disk, no other process, no
environment. And whatever becomes of it, the one who asked goes on."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from tests.attachments.made_files import photo
from vertrouwd.attachments.cleaning import child
from vertrouwd.attachments.cleaning.confinement import Wall
from vertrouwd.attachments.cleaning.made import Kind, NotPossible, Reason
from vertrouwd.sealing.unreadable import Unreadable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are those of Linux")
WORKER = [sys.executable, "-I", "-m", "vertrouwd.attachments.cleaning.worker"]
IMPORTS = "import ctypes, json, os, socket, subprocess, sys, threading\n"
CONFINED = "from vertrouwd.attachments.cleaning.confinement import confine\nsaid = confine()\n"


@pytest.fixture
def started(monkeypatch) -> list[subprocess.Popen]:
    """Every child that was started, the last one last."""
    found: list[subprocess.Popen] = []
    real = child._started

    def start(*words: str) -> subprocess.Popen:
        found.append(real(*words))
        return found[-1]

    monkeypatch.setattr(child, "_started", start)
    return found


def attempts(code: str, *, env: dict[str, str] | None = None, file: Path | None = None) -> dict:
    """What came of each line of `tries`, in a process that shut itself in."""
    program = IMPORTS + textwrap.dedent(code) + CONFINED + textwrap.dedent(
        """
        found = {}
        for name, attempt in tries.items():
            try:
                attempt()
                found[name] = "succeeded"
            except Exception as fault:
                found[name] = type(fault).__name__
        found["walls"] = list(said)
        sys.stdout.write(json.dumps(found))
        sys.stdout.flush()
        """
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(file or "")],
        capture_output=True, env=env or {}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def refused(found: dict) -> bool:
    return not [name for name, came in found.items() if name != "walls" and came == "succeeded"]


def test_all_walls_stand_on_this_machine():
    found = attempts("tries = {}\n")
    assert {Wall.LIMITS, Wall.NO_NEW_PRIVILEGES, Wall.CALLS} <= set(found["walls"])


def test_who_is_shut_in_reaches_no_network():
    found = attempts("""
        listening = socket.create_server(("127.0.0.1", 0))
        open_already = socket.socket()
        tries = {
            "a new connection": lambda: socket.create_connection(listening.getsockname(), 1),
            "a socket that was open": lambda: open_already.connect(listening.getsockname()),
            "a unix socket": lambda: socket.socket(socket.AF_UNIX).connect("/run/x"),
            "listen": lambda: socket.create_server(("127.0.0.1", 0)),
            "a name": lambda: socket.getaddrinfo("example.org", 80),
        }
        """)
    assert refused(found), found


def test_who_is_shut_in_reaches_no_disk_and_no_other_process(tmp_path):
    database = tmp_path / "vertrouwd.sqlite3"
    database.write_bytes(b"geheim")
    found = attempts(
        """
        base = sys.argv[1]
        parent = os.getppid()
        tries = {
            "read the database": lambda: open(base).read(),
            "write to it": lambda: open(base, "a").write("x"),
            "make a file": lambda: open(base + ".new", "w"),
            "list a folder": lambda: os.listdir("/"),
            "look at a file": lambda: os.stat(base),
            "remove": lambda: os.unlink(base),
            "environment of the parent": lambda: open(f"/proc/{parent}/environ").read(),
            "memory of the parent": lambda: open(f"/proc/{parent}/mem", "rb").read(1),
            "kill the parent": lambda: os.kill(parent, 0),
            "fork": lambda: os.fork(),
            "another program": lambda: subprocess.run(["/bin/true"]),
            "a thread": lambda: threading.Thread(target=print).start(),
        }
        """,
        file=database,
    )
    assert refused(found), found
    assert database.read_bytes() == b"geheim"


@pytest.mark.parametrize("wall", ["filter_calls", "_landlock"])
def test_each_wall_keeps_the_disk_out_alone(wall, tmp_path):
    """One is put away, the other stands."""
    secret = tmp_path / "geheim"
    secret.write_text("x")
    found = attempts(
        f"""
        from vertrouwd.attachments.cleaning import confinement
        confinement.{wall} = lambda libc: False
        tries = {{"read": lambda: open(sys.argv[1]).read(),
                  "write": lambda: open(sys.argv[1] + "2", "w")}}
        """,
        file=secret,
    )
    other = Wall.LANDLOCK if wall == "filter_calls" else Wall.CALLS
    if other not in found["walls"]:
        pytest.skip("this kernel does not offer the other one")
    assert refused(found), found


def test_without_walls_all_of_it_would_succeed(tmp_path):
    """So that the tests above say something."""
    secret = tmp_path / "geheim"
    secret.write_text("x")
    found = attempts(
        """
        from vertrouwd.attachments.cleaning import confinement
        confinement.confine = tuple
        listening = socket.create_server(("127.0.0.1", 0))
        tries = {
            "read": lambda: open(sys.argv[1]).read(),
            "connect": lambda: socket.create_connection(listening.getsockname(), 1),
            "another program": lambda: subprocess.run(["/bin/true"]),
        }
        """,
        file=secret,
    )
    assert found.pop("walls") == []
    assert set(found.values()) == {"succeeded"}


def test_who_has_a_second_thread_is_not_shut_in():
    with pytest.raises(AssertionError, match="more than one thread"):
        attempts("""
            threading.Thread(target=threading.Event().wait, args=(30,), daemon=True).start()
            tries = {}
            """)


def test_the_walls_stand_before_the_first_byte_is_read():
    """And the child has nothing of ours: no environment, two pipes, and what swallows errors."""
    with subprocess.Popen(
        [*WORKER, "clean", "text"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as waiting:
        status = Path(f"/proc/{waiting.pid}/status")
        for _ in range(2000):
            said = status.read_text()
            if "Seccomp:\t2" in said:
                break
            threading.Event().wait(0.01)
        assert "Seccomp:\t2" in said
        assert "NoNewPrivs:\t1" in said
        waiting.communicate(b"x")
    assert waiting.returncode == 0


def test_the_child_gets_no_environment_and_no_file_of_ours(tmp_path, monkeypatch, started):
    monkeypatch.setenv("VERTROUWD_SECRET", "geheim")
    held = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(held, True)
    seen = {}

    def pieces():
        here = Path(f"/proc/{started[-1].pid}")
        seen["environment"] = (here / "environ").read_bytes()
        seen["files"] = [path.name for path in (here / "fd").iterdir()]
        yield b"hallo"

    with child.clean(pieces(), Kind.TEXT) as answer:
        b"".join(answer.pieces)
    os.close(held)
    assert b"VERTROUWD" not in seen["environment"]
    assert str(held) not in seen["files"]


def test_the_answer_says_which_walls_stand():
    with child.clean([photo()], Kind.IMAGE) as answer:
        b"".join(answer.pieces)
    assert {Wall.LIMITS.value, Wall.CALLS.value} <= set(answer.isolation)


def test_a_child_that_is_killed_in_the_middle_made_nothing(started):
    def pieces():
        yield photo()[:100]
        started[-1].send_signal(signal.SIGKILL)
        for _ in range(50):
            yield bytes(65536)

    with pytest.raises(NotPossible) as found, child.clean(pieces(), Kind.IMAGE):
        pass
    assert found.value.reason == Reason.CRASHED
    assert started[-1].returncode is not None


def test_a_child_that_is_killed_while_it_answers_made_nothing(started):
    with pytest.raises(NotPossible), child.clean([b"x" * 900_000], Kind.TEXT) as answer:
        next(answer.pieces)
        started[-1].send_signal(signal.SIGKILL)
        list(answer.pieces)


def test_a_child_that_comes_too_late_is_ended(started):
    def pieces():
        yield b"x"
        started[-1].wait()  # the clock ends it
        yield b"x"

    with pytest.raises(NotPossible) as found, child.asked(pieces(), "clean", "text", seconds=1):
        pass
    assert found.value.reason == Reason.TOO_SLOW


def test_what_cannot_be_read_to_its_end_is_not_cleaned(started):
    def pieces():
        yield b"het begin"
        raise Unreadable

    with pytest.raises(Unreadable), child.clean(pieces(), Kind.TEXT):
        pass
    assert started[-1].returncode is not None


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"hallo\n", b"[]\n", b'{"isolation": []}\n', b'{"isolation": [], "refused": "X"}\n',
        b"x" * 9999,
        b'{"isolation": [], "type": "a", "size": 5, "pages": 1, "left_out": []}\nvier',
        b'{"isolation": [], "type": "a", "size": 3, "pages": 1, "left_out": []}\nvier',
        b'{"isolation": [], "type": "a", "size": -1, "pages": 1, "left_out": []}\n',
        b'{"isolation": [], "type": "a", "size": 99999999999, "pages": 1, "left_out": []}\n',
    ],
)  # fmt: skip
def test_a_child_that_was_taken_over_is_not_believed(answer, monkeypatch):
    says = f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({answer!r})"
    monkeypatch.setattr(child, "COMMAND", [sys.executable, "-I", "-c", says])
    with pytest.raises(NotPossible), child.asked([b"x"]) as said:
        list(said.pieces)
