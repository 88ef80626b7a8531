"""The frame around every public page, also around one that is not there."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vertrouwd.publication.theme import theme_of_home


@dataclass(frozen=True)
class Site:
    """What the frame shows: `taal` goes behind each address of our own.

    `other_language` is the address of the same page in the other language; empty on a page that a
    form led to, which has a button for it, and where the address is not one of ours.
    """

    taal: str
    other_language: str
    place: str  # the first page of a part: `melden`, `privacy`; empty elsewhere
    has_theme: bool
    is_demonstration: bool  # nobody reads what is told here

    @property
    def head(self) -> SafeString:
        """What every page loads."""
        return _part("head", self, get_language())

    @property
    def menu(self) -> SafeString:
        """The top of the page with its links, up to that to the other language."""
        return _part("menu", self, get_language())

    @property
    def exit(self) -> SafeString:
        """The way out, which closes the top."""
        return _part("exit", self, get_language())

    @property
    def nobody_reads(self) -> SafeString:
        """What a demonstration says on every page."""
        return _part("nobody_reads", self, get_language())

    @property
    def foot(self) -> SafeString:
        """The links at the bottom."""
        return _part("foot", self, get_language())


@lru_cache(maxsize=256)
def _part(name: str, shown: Site, language: str | None) -> SafeString:
    """A part of the frame that is the same for everybody; written once in each language."""
    return render_to_string(f"publication/_{name}.html", {"site": shown})


def site(request: HttpRequest) -> dict[str, Any]:
    """The context of the base template."""
    english = get_language() == "en"
    found = request.resolver_match
    path = request.path if found and not found.kwargs else ""
    other = path if request.method in ("GET", "HEAD") else ""
    return {
        "site": Site(
            taal="?taal=en" if english else "",
            other_language=other if english or not other else f"{other}?taal=en",
            place=path.strip("/"),
            has_theme=theme_of_home() is not None,
            is_demonstration=settings.IS_DEMONSTRATION,  # type: ignore[misc]
        )
    }
