"""A person at a terminal: a real pseudo-terminal, on which a command asks and is answered."""

import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

CTRL_C = "\x03"
SECONDS = 60  # the longest a person here waits for a question


@dataclass
class Terminal:
    """`said` is everything that came on the screen so far."""

    process: subprocess.Popen[bytes]
    screen: int
    said: str = ""
    _read_to: int = field(default=0, repr=False)

    def waits_for(self, words: str) -> str:
        """Read until these words come on the screen; what came since the last time."""
        latest = time.monotonic() + SECONDS
        while words not in self.said[self._read_to :]:
            assert time.monotonic() < latest, f"No «{words}» came:\n{self.said[-2000:]}"
            assert self._reads(), f"It ended without «{words}»:\n{self.said[-2000:]}"
        end = self.said.index(words, self._read_to) + len(words)
        since, self._read_to = self.said[self._read_to : end], end
        return since

    def types(self, line: str) -> None:
        """The line, and Enter."""
        os.write(self.screen, f"{line}\n".encode())

    def presses(self, key: str) -> None:
        """One key, as the terminal sends it: Ctrl-C becomes a signal to who is in front."""
        os.write(self.screen, key.encode())

    def answers(self, words: str, line: str) -> None:
        """Wait for a question with these words, and type the answer."""
        self.waits_for(words)
        self.types(line)

    def ends(self) -> int:
        """Read to the end; the exit code."""
        latest = time.monotonic() + SECONDS
        while self._reads():
            assert time.monotonic() < latest, f"It does not end:\n{self.said[-2000:]}"
        return self.process.wait(timeout=SECONDS)

    def _reads(self) -> bool:
        """Whether there may be more to read."""
        ready, _, _ = select.select([self.screen], [], [], 0.2)
        if not ready:
            return self.process.poll() is None
        try:
            part = os.read(self.screen, 65536)
        except OSError:  # Linux says so at the end
            return False
        self.said += part.decode(errors="replace").replace("\r\n", "\n")
        return bool(part)


@contextmanager
def at_terminal(words: list[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run these words with a terminal in front; killed at the end when it still runs."""
    screen, line = pty.openpty()
    process = subprocess.Popen(
        words, env=dict(environment), pass_fds=[line], preexec_fn=lambda: os.login_tty(line)
    )
    os.close(line)
    try:
        yield Terminal(process, screen)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=SECONDS)
        os.close(screen)
