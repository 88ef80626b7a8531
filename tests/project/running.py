"""A real `vertrouwd serve` on free ports, in a process group of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.homes import make_home
from vertrouwd.project.home import DATABASE

PROGRAM = Path(sys.executable).with_name("vertrouwd")
LINUX = sys.platform == "linux"


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VERTROUWD_", "DJANGO_"))}
    return {**kept, "VERTROUWD_HOME": str(home), **more}


def wait_until(condition, *, seconds: float = 15) -> bool:
    latest = time.monotonic() + seconds
    while time.monotonic() < latest:
        if condition():
            return True
        time.sleep(0.05)
    return False


@dataclass
class Running:
    """A serving command, its two ports, and the file that gets all it says."""

    process: subprocess.Popen
    public: int
    casework: int
    said_in: Path

    @property
    def ports(self) -> tuple[int, int]:
        return self.public, self.casework

    @property
    def said(self) -> str:
        return self.said_in.read_text(errors="replace")

    @property
    def is_silent(self) -> bool:
        return not any(listens(port) for port in self.ports)

    @property
    def others(self) -> list[int]:
        """The numbers of the other processes of its group that are still alive."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            state, group, number = words[0], int(words[2]), int(path.parent.name)
            if group == self.process.pid and number != self.process.pid and state != "Z":
                found.append(number)
        return sorted(found)

    def named(self, name: str) -> list[int]:
        """The numbers of the processes of one site: the one that watches, then its worker."""
        return [n for n in self.others if f"\0{name}\0" in Path(f"/proc/{n}/cmdline").read_text()]

    def ask(
        self, port: int, path: str = "/", *, method: str = "GET", body: bytes | None = None,
        **headers: str,
    ) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
        """Status, headers (in lower case; cookies joined) and body; redirects are not followed."""
        connection = http.client.HTTPConnection("localhost", port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers=named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()

    def send(self, port: int, raw: bytes) -> bytes:
        """What comes back to these very bytes, until the other side is done or 3 seconds passed."""
        with socket.create_connection(("127.0.0.1", port), timeout=3) as connection:
            got = b""
            try:
                connection.sendall(raw)
                connection.shutdown(socket.SHUT_WR)
                while part := connection.recv(65536):
                    got += part
            except OSError:
                pass
            return got


@contextmanager
def running(home: Path, *words: str, **more: str) -> Iterator[Running]:
    """`vertrouwd serve` until both answer; killed with its group at the end.

    Other `words` than that find the home as it is.
    """
    public, casework = free_port(), free_port()
    home.parent.mkdir(parents=True, exist_ok=True)
    if not (words or more.get("VERTROUWD_DATABASE") or (home / DATABASE).exists()):
        make_home(home)
    said_in = home.parent / f"said-{public}.txt"
    addresses = ["--public", f"localhost:{public}", "--casework", f"localhost:{casework}"]
    with said_in.open("wb") as said:
        process = subprocess.Popen(
            [PROGRAM, *(words or ("serve",)), *addresses],
            env=environment(home, **more), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
    found = Running(process, public, casework, said_in)
    try:
        up = wait_until(lambda: "Serving" in found.said or process.poll() is not None, seconds=60)
        assert up, found.said
        assert process.poll() is None, found.said
        yield found
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)
