"""The frame around every page of the casework: who is here, where they may go, and their key."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy

from vertrouwd.accounts.models import User, UserKind
from vertrouwd.accounts.policy import Permission, permissions_of
from vertrouwd.figures import demonstrations

P = Permission
# The menu: address, words, and what one must be allowed to see it.
MENU = (
    ("/intake", gettext_lazy("Gesprek"), P.HANDLE_CASES),
    ("/dossiers", gettext_lazy("Dossiers"), P.HANDLE_CASES),
    ("/verzoeken", gettext_lazy("Verzoeken"), P.HANDLE_CASES),
    ("/verzoeken/toezicht", gettext_lazy("Verzoeken"), P.OVERSEE_REQUESTS),
    ("/verdelen", gettext_lazy("Verdelen"), P.DIVIDE_WORK),
    ("/rooster", gettext_lazy("Rooster"), P.DIVIDE_WORK),
    ("/belangen", gettext_lazy("Belangen"), P.DIVIDE_WORK),
    ("/glas/nazien", gettext_lazy("Nazien"), P.REVIEW_ACCESS),
    ("/blikken", gettext_lazy("Bekeken"), P.HANDLE_CASES),
    ("/mensen", gettext_lazy("Mensen"), P.KEEP_PEOPLE),
    ("/taken/mislukt", gettext_lazy("Taken"), P.KEEP_SETTINGS),
    ("/logboek", gettext_lazy("Logboek"), P.READ_LOG),
    ("/rechten", gettext_lazy("Rechten"), P.REVIEW_RIGHTS),
)
OWN = (
    ("/sleutel", gettext_lazy("Mijn sleutel"), P.HANDLE_CASES),
    ("/mijn-account", gettext_lazy("Mijn account"), P.KEEP_OWN_ACCOUNT),
)
# Pages of a part whose address does not begin with that of the part.
BELOW = {"/dossiers": ("/glas",), "/mijn-account": ("/sessies", "/twee-stappen")}


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    address: str
    words: str
    here: str  # as `aria-current` wants it: `page`, `true` on a page below it, or empty


@dataclass(frozen=True)
class Frame:
    """What stands around a page; without a person: nobody has logged in with both steps."""

    person: User | None
    menu: tuple[Link, ...]
    own: tuple[Link, ...]
    has_key: bool  # whether a key belongs to the work of this person
    is_unlocked: bool
    is_demonstration: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the base template. It asks the database only when a page shows it."""
    return {"frame": SimpleLazyObject(lambda: _frame_of(request))}


def _frame_of(request: HttpRequest) -> Frame:
    user = getattr(request, "user", None)
    is_in = bool(user and user.is_authenticated and getattr(request, "has_second_step", False))
    may = _permissions(user) if is_in else frozenset()
    return Frame(
        person=user if is_in else None,
        menu=_links(MENU, may, request.path),
        own=_links(OWN, may, request.path),
        has_key=P.HANDLE_CASES in may,
        is_unlocked=getattr(request, "opened", None) is not None,
        is_demonstration=demonstrations.are_in(Path(settings.VERTROUWD_HOME)),
    )


def _permissions(user: Any) -> frozenset[Permission]:
    """As `User.may`, in one question for the whole menu."""
    is_here = user.is_active and user.kind == UserKind.PERSON
    return permissions_of(user.roles) if is_here else frozenset()


def _links(
    menu: tuple[tuple[str, Any, Permission], ...], may: frozenset[Permission], path: str
) -> tuple[Link, ...]:
    return tuple(
        Link(address, str(words), _here(address, path))
        for address, words, permission in menu
        if permission in may
    )


def _here(address: str, path: str) -> str:
    if address == path:
        return "page"
    return "true" if path.startswith(f"{address}/") or path in BELOW.get(address, ()) else ""
