"""Kinds of work for these tests, and a worker whose clock stands where a test puts it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vertrouwd.jobs import kinds as registry
from vertrouwd.jobs.arguments import Reference
from vertrouwd.jobs.backoff import Backoff
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.kinds import Kind, kind
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.worker import Worker

START = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECRET = "Jan-Jansen-groep-8"
# Without a draw, so that a test knows when the next try is.
STEADY = Backoff(first=timedelta(minutes=1), factor=2, longest=timedelta(minutes=5), jitter=0)


class Somebody:
    username = "beheerder-1"


def ask(kind, number: int = 12, **more) -> None:
    enqueue(kind, dossier=Reference(f"D-{number:07}"), now=START, **more)


def states() -> list[str]:
    return list(Job.objects.order_by("pk").values_list("state", flat=True))


class Clock:
    """Stands still until it is put forward, or back."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture(autouse=True)
def only_the_kinds_of_a_test(monkeypatch) -> Iterator[None]:
    """What recurs in the house does not run in between."""
    registry.kinds()
    monkeypatch.setattr(registry, "_known", {})
    yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def worker(clock) -> Worker:
    """It works in the thread of the test, when it is told to: `worker.work_off()`."""
    return Worker(owner="worker-of-the-test", clock=clock)


@pytest.fixture
def work() -> Callable[..., Kind]:
    """Register a function as a kind of work of this test."""

    def register(function: Callable[..., Any], **options: Any) -> Kind:
        return kind(function.__name__, function.__name__, **{"backoff": STEADY, **options})(
            function
        )

    return register


@pytest.fixture
def done() -> list[object]:
    return []


@pytest.fixture
def recheck(work, done):
    def recheck(*, dossier: Reference) -> int:
        done.append(dossier)
        return len(done)

    return work(recheck)


@pytest.fixture
def broken(work, done):
    """Work that fails, and says what it should not."""

    def broken() -> None:
        done.append("tried")
        raise ValueError(f"{SECRET} was told on {SECRET}")

    return work(broken, tries=3)
