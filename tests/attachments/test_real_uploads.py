"""Files that come in at the process that serves: never in clear on the disk, nothing left behind.

What is sent here is sent in parts, so that the process can be looked at, or killed, in between.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.project.running import LINUX, environment, free_port, listens, wait_until
from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.files import PART, SealedFiles

pytestmark = pytest.mark.skipif(not LINUX, reason="only Linux shows what a process has open")
ROOT = Path(__file__).resolve().parent.parent.parent
CANARY = b"kanarie-in-het-trapgat-4417 "
MEGABYTE = 1000 * 1000


class Serving:
    """The process, its home and the folder where temporary files would come."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary = folder / "home", folder / "temporary"
        for each in (self.home, self.temporary):
            each.mkdir(mode=0o700)
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.attachments.public_process", str(self.port)], cwd=ROOT,
            env=environment(self.home, TMPDIR=str(self.temporary)), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert wait_until(lambda: listens(self.port), seconds=30)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)

    @property
    def files(self) -> SealedFiles:
        return SealedFiles(self.home / "files")

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.files.folder.glob("*"))

    @property
    def worker(self) -> int:
        """The number of the process that answers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return int(children.split()[-1])

    @property
    def open_files(self) -> set[str]:
        """What the process has open for writing or reading now."""
        found = set()
        for link in Path(f"/proc/{self.worker}/fd").iterdir():
            with suppress(OSError):  # closed meanwhile
                found.add(str(link.readlink()))
        return found

    @property
    def peak(self) -> float:
        """Of its memory, MiB."""
        lines = Path(f"/proc/{self.worker}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

    @contextmanager
    def form(self, sizes: list[int]):
        """A form with files of these sizes: (a connection, the parts that are still to be sent)."""
        parts = [b'--x\r\nContent-Disposition: form-data; name="state"\r\n\r\nabc\r\n']
        for number, size in enumerate(sizes):
            head = b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="%d"' % number
            content = (CANARY * (size // len(CANARY) + 1))[:size]
            parts += [head + b"\r\nContent-Type: video/mp4\r\n\r\n"]
            parts += [content[at : at + MEGABYTE] for at in range(0, size, MEGABYTE)]
            parts += [b"\r\n"]
        parts.append(b"--x--\r\n")
        head = (
            b"POST /neemt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(head % sum(len(part) for part in parts))
            yield connection, parts


def answer_of(connection: socket.socket):
    """Status and what the page told."""
    got = b""
    while more := connection.recv(65536):
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


@pytest.fixture
def serving(tmp_path):
    found = Serving(tmp_path)
    yield found
    if found.process.poll() is None:
        found.kill()


def test_the_memory_of_the_process_does_not_grow_with_the_files(serving):
    with serving.form([10]) as (connection, parts):
        connection.sendall(b"".join(parts))
        assert answer_of(connection)[0] == 200
    before = serving.peak
    with serving.form([40 * MEGABYTE] * 5) as (connection, parts):
        for part in parts:
            connection.sendall(part)
        status, told = answer_of(connection)
    assert (status, told["answers"]) == (200, {"state": "abc"})
    assert [file["size"] for file in told["files"]] == [40 * MEGABYTE] * 5
    assert serving.peak - before < 30
    for file in told["files"]:
        key, place = bytes.fromhex(file["key"]), Place(file["record"], "original")
        assert serving.files.verify(key, place=place) == file["size"]


def test_while_a_file_comes_in_nothing_of_it_lies_on_the_disk_in_clear(serving):
    with serving.form([20 * MEGABYTE]) as (connection, parts):
        for part in parts[:15]:
            connection.sendall(part)
        assert wait_until(lambda: any(name.endswith(PART) for name in serving.names))
        written = [path for path in serving.home.rglob("*") if path.is_file()]
        assert written
        assert not [path.name for path in written if CANARY in path.read_bytes()]
        opened = {name for name in serving.open_files if name.startswith("/")}
        assert not [name for name in opened if name.startswith(str(serving.temporary))]
        assert not [name for name in opened if name.endswith("(deleted)")]
    assert list(serving.temporary.iterdir()) == []


@pytest.mark.parametrize("sent", [4, 23, 30])
def test_of_a_form_whose_sender_goes_away_nothing_is_left(serving, sent):
    """In the middle of the first file, of the second, and between them."""
    with serving.form([20 * MEGABYTE] * 2) as (connection, parts):
        for part in parts[:sent]:
            connection.sendall(part)
        assert wait_until(lambda: serving.names != [])
    assert wait_until(lambda: serving.names == [])
    with serving.form([10]) as (connection, parts):
        connection.sendall(b"".join(parts))
        assert answer_of(connection)[0] == 200


def test_what_a_killed_process_leaves_behind_opens_for_nobody_and_is_found(serving):
    with serving.form([3 * MEGABYTE, 20 * MEGABYTE]) as (connection, parts):
        for part in parts[:15]:
            connection.sendall(part)
        assert wait_until(lambda: len(serving.names) == 2)
        serving.kill()
    unfinished, whole = serving.names
    assert unfinished.endswith(PART)
    assert [path.name for path in serving.files.orphans((), before=2e10)] == [unfinished, whole]
    assert serving.files.records() == {whole}
