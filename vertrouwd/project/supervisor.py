"""Keep the two processes answering: start them, start one again when it dies, end them together.

A process that was answering and died is started again, however often, after 1, 2, 4 ... 60 seconds:
trouble in one must not close the other, least of all the door of the reporters. A process that
does not get as far as answering when all starts has a reason that waiting does not mend: then
everything ends (docs/decisions/two-processes.md).
"""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic

from vertrouwd.jobs.worker import Worker
from vertrouwd.project import logs
from vertrouwd.project.addresses import Address, CannotServe
from vertrouwd.project.closed import close_to_others

ANSWERS_WITHIN = 30.0  # seconds
LIVED_LONG = 60.0  # seconds after which a death counts as the first again
LONGEST_PAUSE = 60.0  # seconds
ENDS_WITHIN = 8.0  # seconds; a worker gets 5 to finish what it was answering
SEALS_EVERY = 0.5  # seconds

# What the public process is told of the environment: not where the secrets of the casework are.
TOLD_TO_PUBLIC = {
    "VERTROUWD_HOME", "VERTROUWD_DATABASE", "VERTROUWD_HOSTS", "VERTROUWD_TLS",
    "VERTROUWD_SECURITY_CONTACT", "VERTROUWD_SECURITY_POLICY", "VERTROUWD_TEAM_FINGERPRINT",
    "VERTROUWD_ONION", "VERTROUWD_EXIT_URL", "VERTROUWD_THEME", "VERTROUWD_RESERVE_BYTES",
    "VERTROUWD_PRIVACY_CONTACT", "VERTROUWD_ACCESS_CONTACT",
}  # fmt: skip


@dataclass
class Process:
    """One of the two: its name, where it listens, and how it fares."""

    name: str
    address: Address
    running: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0  # in a row, each after a short life
    next_start: float = field(default=0.0, repr=False)

    def start(self) -> None:
        """Start it in this process group; it ends when this process does."""
        words = [self.name, self.address.number, str(self.address.port), str(os.getpid())]
        self.started = monotonic()
        self.running = subprocess.Popen(
            [sys.executable, "-m", "vertrouwd.project.answering", *words],
            env=environment_of(self.name), stdin=subprocess.DEVNULL,
        )  # fmt: skip

    @property
    def answers(self) -> bool:
        """Whether somebody listens on its address."""
        family = socket.AF_INET6 if ":" in self.address.number else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.settimeout(1)
            return trial.connect_ex((self.address.number, self.address.port)) == 0

    @property
    def is_dead(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    def look_after(self, now: float) -> None:
        """Start it again when it died and its pause is over."""
        if self.is_dead:
            lived = now - self.started
            self.deaths = 1 if lived > LIVED_LONG else self.deaths + 1
            pause = min(2.0 ** (self.deaths - 1), LONGEST_PAUSE)
            self.next_start = now + pause
            code = self.running.returncode if self.running else None
            self.running = None
            logs.say("process_died", process=self.name, code=code, again_in_seconds=int(pause))
        elif self.running is None and now >= self.next_start:
            self.start()
            logs.say("process_started", process=self.name)


def environment_of(name: str) -> dict[str, str]:
    """The environment of a process: the public one is told only what it needs of ours.

    When VERTROUWD_PUBLIC_DATABASE names another address of the same database, with a role that may
    do less, that is all the public process knows of it.
    """
    told = {
        variable: value
        for variable, value in os.environ.items()
        if variable != "DJANGO_SETTINGS_MODULE"
        and (
            name != "public" or not variable.startswith("VERTROUWD_") or variable in TOLD_TO_PUBLIC
        )
    }
    own = os.environ.get("VERTROUWD_PUBLIC_DATABASE")
    return told | {"VERTROUWD_DATABASE": own} if own and name == "public" else told


def supervise(processes: list[Process], *, when_up: str) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP; `when_up` is printed when all answer.

    Raises CannotServe when one does not get as far as answering.
    """
    close_to_others()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    sealer = Thread(target=_seal, args=(stop,), name="sealer")
    worker = Worker()  # of what may wait
    try:
        for process in processes:
            process.start()
        _wait_until_all_answer(processes, stop)
        if not stop.is_set():
            sys.stdout.write(f"{when_up}\n")
            sys.stdout.flush()
            sealer.start()
            worker.start()
        while not stop.wait(0.25):
            for process in processes:
                process.look_after(monotonic())
    finally:
        stop.set()
        worker.take_no_more()
        _end(processes)
        worker.end(within=ENDS_WITHIN)
        if sealer.ident:
            sealer.join(ENDS_WITHIN)


def _wait_until_all_answer(processes: list[Process], stop: Event) -> None:
    latest = monotonic() + ANSWERS_WITHIN
    waiting = list(processes)
    while waiting and not stop.wait(0.05):
        if any(process.is_dead for process in waiting) or monotonic() > latest:
            names = " and ".join(process.name for process in waiting)
            raise CannotServe(f"Did not start: {names}. Nothing is served.")
        waiting = [process for process in waiting if not process.answers]


def _end(processes: list[Process]) -> None:
    """Let them finish what they answer; end by force what does not end in time."""
    running = [process.running for process in processes if process.running]
    for process in running:
        process.send_signal(signal.SIGTERM)
    latest = monotonic() + ENDS_WITHIN
    for process in running:
        try:
            process.wait(max(0.1, latest - monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _seal(stop: Event) -> None:
    """Chain the lines of the log until the end; a fault is said, and it goes on."""
    from vertrouwd.audit import sealer

    while not stop.is_set():
        try:
            sealer.run(stop, SEALS_EVERY)
        except Exception as fault:
            logs.say_fault(fault)
            stop.wait(5)
