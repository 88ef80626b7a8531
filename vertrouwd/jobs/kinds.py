"""The kinds of work that may wait: registered by name, each a function with coded arguments.

An app states its kinds in its module `jobs.py`. A job is done at least once: a worker that dies in
the middle leaves it to another, so the work must bear being done twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from vertrouwd.audit.detail import is_code
from vertrouwd.jobs.arguments import NotForAJob, parameters_of
from vertrouwd.jobs.backoff import Backoff
from vertrouwd.jobs.moments import Every

LONGEST_NAME = 60
USUAL = Backoff()
Work = Callable[..., Any]


class GivesUp(Exception):
    """Raised by work that another try would not help; it is a dead letter at once."""


@dataclass(frozen=True)
class Kind:
    """One kind of work: its name in the database and in the words of a page, and how it is tried.

    `tries`: how often at most; `every`: when it recurs by itself, None when it is asked for.
    """

    name: str
    words: Any  # str, or a translation that is made later
    work: Work
    tries: int = 5
    backoff: Backoff = USUAL
    every: Every | None = None
    parameters: dict[str, type] = field(default_factory=dict, compare=False)


_known: dict[str, Kind] = {}


def kind(
    name: str, words: Any, *, tries: int = 5, backoff: Backoff = USUAL,
    every: Every | None = None,
) -> Callable[[Work], Kind]:  # fmt: skip
    """Register a function as a kind of work. Raises NotForAJob when it may be told a text."""

    def register(work: Work) -> Kind:
        if len(name) > LONGEST_NAME or not is_code(name):
            raise NotForAJob(f"The name of a kind is a code, such as 'sweep_sessions': {name}")
        parameters = parameters_of(work)
        if every and parameters:
            raise NotForAJob(f"'{name}' recurs by itself, so there is nobody to tell it anything.")
        if name in _known and _known[name].work.__qualname__ != work.__qualname__:
            raise NotForAJob(f"There are two kinds of work called '{name}'.")
        _known[name] = Kind(name, words, work, tries, backoff, every, parameters)
        return _known[name]

    return register


def kinds() -> dict[str, Kind]:
    """Every kind of work of every app that is loaded here: name -> kind."""
    _load()
    return _known


def words_of(name: str) -> str:
    """What a page calls this kind; its name when this version does not know it."""
    found = kinds().get(name)
    return str(found.words) if found else name


@cache
def _load() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("vertrouwd.") and find_spec(f"{app.name}.jobs"):
            import_module(f"{app.name}.jobs")
