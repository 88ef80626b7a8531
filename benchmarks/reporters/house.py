"""A house to report to: a fresh home, served in processes of its own, that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from reporters.visitor import Visitor

PROGRAM = str(Path(sys.executable).with_name("vertrouwd"))
TICKS = os.sysconf("SC_CLK_TCK")
UP_WITHIN = 60.0  # seconds


def environment(home: str) -> dict[str, str]:
    """Ours, without what this shell says of another home; the database stays."""
    names = ("VERTROUWD_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    database = os.environ.get("VERTROUWD_DATABASE")
    return kept | {"VERTROUWD_HOME": home} | ({"VERTROUWD_DATABASE": database} if database else {})


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def serve(words: list[str], told: dict[str, str], folder: str) -> "subprocess.Popen[bytes]":
    """In a process group of its own; what it says is not kept."""
    return subprocess.Popen(
        words, env=told, cwd=folder, start_new_session=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def until_up(port: int, address: str) -> None:
    """Wait until a page is answered, whatever it says."""
    latest, visitor = time.monotonic() + UP_WITHIN, Visitor(port)
    while True:
        try:
            visitor.get(address)
        except OSError:
            visitor.close()
            if time.monotonic() > latest:
                raise
            time.sleep(0.1)
        else:
            return


def group(leader: int) -> dict[int, tuple[str, float]]:
    """Of every process in the group: its command line, and the processor seconds it used."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
            line = (path.parent / "cmdline").read_text()
        except OSError:
            continue
        if int(words[2]) == leader and words[0] != "Z":
            found[int(path.parent.name)] = line, (int(words[11]) + int(words[12])) / TICKS
    return found


def processor_seconds(leader: int, *, of: str = "") -> float:
    """Of the processes in the group with that word on their command line."""
    return sum(seconds for line, seconds in group(leader).values() if of in line)


class House:
    """`vertrouwd serve` in an empty home: a demonstration with a team to throw away."""

    program = PROGRAM

    def __init__(self, home: str) -> None:
        self.home = home
        self.port = free_port()
        self._casework = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "House":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:  # fmt: skip
        self.end(signal.SIGTERM)

    @property
    def leader(self) -> int:
        if self._process is None:
            raise ValueError("Nobody serves here.")
        return self._process.pid

    def start(self) -> None:
        words = [PROGRAM, "serve", "--public", f"localhost:{self.port}"]
        words += ["--casework", f"localhost:{self._casework}"]
        self._process = serve(words, environment(self.home), self.home)
        until_up(self.port, "/melden")

    def end(self, number: int = signal.SIGKILL) -> None:
        """The whole group, by that signal."""
        if self._process is None:
            return
        os.killpg(self._process.pid, number)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def kill_public(self) -> bool:
        """Its worker and who watches it, in the middle of whatever they do; False: none is up."""
        found = [n for n, (line, _) in group(self.leader).items() if "\0public\0" in line]
        for number in found:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        return bool(found)

    def processor_seconds(self) -> float:
        """Of the public process and its worker."""
        return processor_seconds(self.leader, of="\0public\0")
