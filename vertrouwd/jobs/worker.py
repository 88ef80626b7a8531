"""One who works: takes what is due, does it, and holds its lease meanwhile.

In the process that serves it is one thread; `vertrouwd run-jobs` is another, on this machine or, on
PostgreSQL, on another. It knows no key and opens nothing: what needs plaintext does not wait here.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from secrets import token_hex
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.db import connection
from django.utils import timezone

from vertrouwd.audit.refusals import written_after
from vertrouwd.faults import places
from vertrouwd.jobs import leases
from vertrouwd.jobs.arguments import NotForAJob, decode
from vertrouwd.jobs.kinds import GivesUp, Kind, kinds
from vertrouwd.jobs.leases import Fault
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.recurring import make_due

log = logging.getLogger("vertrouwd.jobs")

LOOK_EVERY = 1.0  # seconds between two looks when nothing is due
TIDY_EVERY = 10.0  # seconds between two looks at what recurs, and what was left behind
AFTER_A_FAULT = 5.0  # seconds, when the database is away


@dataclass
class Worker:
    """`start` it, `end` it; or `work_off` what is due and no more."""

    owner: str = field(default_factory=lambda: f"{os.getpid()}-{token_hex(4)}")
    clock: Callable[[], datetime] = timezone.now
    done: int = 0  # jobs that it took and that ended, whatever their end
    failed: bool = False  # the last time it looked, the database could not be asked
    _stop: Event = field(default_factory=Event, repr=False)
    _thread: Thread | None = field(default=None, repr=False)
    _busy_with: Job | None = field(default=None, repr=False)
    _tidies_at: float = field(default=0.0, repr=False)

    def start(self, *, once: bool = False) -> None:
        """Work in a thread of its own until `end`; `once`: until nothing is due."""
        # A thread that outlives `end` does not keep the process from ending.
        self._thread = Thread(target=self._work, args=(once,), name="worker", daemon=True)
        self._thread.start()

    @property
    def works(self) -> bool:
        """Whether its thread is still at it."""
        return self._thread is not None and self._thread.is_alive()

    def take_no_more(self) -> None:
        """Finish the job at hand, and no other."""
        self._stop.set()

    def end(self, *, within: float) -> bool:
        """Take nothing more; True when the job at hand was finished within so many seconds.

        Otherwise it is given back, and this process must end now: nobody takes it up for a moment.
        """
        self.take_no_more()
        if self._thread is None:
            return True
        self._thread.join(within)
        job = self._busy_with
        if job is None or not self.works:
            return True
        held = copy(job)  # the thread goes on with its own
        _try(lambda: leases.give_back(held, now=self.clock()))
        return False

    def work_off(self) -> int:
        """Do what is due until nothing is; how many jobs ended. Raises what the database says."""
        before = self.done
        self._tidy()
        if leases.is_any_due(kinds(), now=self.clock()):
            with self._holding():
                while not self._stop.is_set() and self._one():
                    self._tidy()
        return self.done - before

    def _tidy(self) -> None:
        """Now and then: make what recurs, and bring back what a worker or a clock left behind."""
        if monotonic() < self._tidies_at:
            return
        self._tidies_at = monotonic() + TIDY_EVERY
        now, known = self.clock(), kinds()
        make_due(known, now=now)
        leases.take_back_lost(known, now=now)
        leases.undo_clock_that_ran_ahead(known, now=now)

    def _work(self, once: bool) -> None:
        while not self._stop.is_set():
            self.failed = not _try(self.work_off)
            if once:
                break
            self._stop.wait(AFTER_A_FAULT if self.failed else LOOK_EVERY)
        connection.close()

    def _one(self) -> bool:
        """Take one job and bring it to its end; False when nothing is due."""
        job = leases.take(kinds(), owner=self.owner, now=self.clock())
        if job is None:
            return False
        self._busy_with = job
        try:
            self._end_of(job, *_do(job, kinds()[job.kind]))
        finally:
            self._busy_with = None
        return True

    def _end_of(self, job: Job, result: str, fault: Fault | None) -> None:
        now, kind = self.clock(), kinds()[job.kind]
        if fault is None:
            kept = leases.finish(job, result=result, now=now)
        else:
            log.error("Job %s of kind %s: %s", job.pk, job.kind, fault.kind)
            kept = leases.fail(job, kind, fault, now=now)
        if not kept:
            log.error("Job %s of kind %s: its lease was lost", job.pk, job.kind)
        self.done += 1

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """While this lasts the lease of the job at hand is renewed, in a thread beside it."""
        ended = Event()

        def hold() -> None:
            while not ended.wait(leases.RENEW_EVERY.total_seconds()):
                if job := copy(self._busy_with):
                    _try(partial(leases.renew, job, now=self.clock()))
            connection.close()

        thread = Thread(target=hold, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def _do(job: Job, kind: Kind) -> tuple[str, Fault | None]:
    """Its result, and what went wrong; of a fault nothing is kept that it says."""
    try:
        told = decode(kind.parameters, job.arguments)
        with written_after():
            answer: Any = kind.work(**told)
        return ("" if answer is None else str(answer)), None
    except (GivesUp, NotForAJob) as reason:
        return "", Fault(type(reason).__name__, _place(reason), is_final=True)
    except (Exception, SystemExit) as fault:
        return "", Fault(type(fault).__name__, _place(fault))


def _place(fault: BaseException) -> str:
    found = places(fault.__traceback__)
    return found.get("ours", found.get("place", ""))


def _try(work: Callable[[], object]) -> bool:
    """Do it, or say what kind of fault it was, and go on; whether it was done."""
    try:
        work()
    except Exception as fault:
        log.error("The queue: %s at %s", type(fault).__name__, _place(fault))
        connection.close()
        return False
    return True
