"""`/sleutel/toelaten`: let a colleague open what the team can open, or end that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.models import User
from vertrouwd.accounts.people.left_behind import left_behind
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.unlock.attempts import Failed
from vertrouwd.accounts.unlock.granting import Refused, grant, is_read_aloud, key_to_grant, revoke
from vertrouwd.accounts.unlock.pages import show
from vertrouwd.accounts.unlock.session_key import person
from vertrouwd.accounts.unlock.waiting import colleague, let_in, waiting
from vertrouwd.sealing.unreadable import Unreadable

PAGE = "/sleutel/toelaten"


@requires(Permission.GRANT_KEYS, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
def granting(request: HttpRequest) -> HttpResponse:
    """Who waits; a colleague is let in when the digits that were read aloud are typed well."""
    if request.method != "POST":
        return _page(request)
    user = colleague(request.POST.get("key", "")[:12], besides=person(request))
    if user is None:
        return _page(request, Failed([gettext("Deze collega heeft geen sleutel meer.")]))
    try:
        _let_in(request, user)
    except Failed as failed:
        return _page(request, failed)
    messages.success(request, gettext("%(name)s is toegelaten.") % {"name": user.name or user})
    return HttpResponseRedirect(PAGE)


@requires(Permission.GRANT_KEYS, unlocked=True)
@require_POST
def revoking(request: HttpRequest) -> HttpResponse:
    """End what a colleague could open, and their sessions."""
    user = colleague(request.POST.get("key", "")[:12], besides=person(request))
    if user is None or request.POST.get("sure") != "on":
        return _page(request, Failed([gettext("Kies een collega en zet het vinkje.")]))
    try:
        revoke(user, by=person(request))
    except Refused:
        return _page(request, Failed([gettext("Dat kan niet: niemand anders is toegelaten.")]))
    messages.success(
        request, gettext("%(name)s is niet meer toegelaten.") % {"name": user.name or user}
    )
    if stays := left_behind(user):
        messages.warning(request, " ".join(stays))
    return HttpResponseRedirect(PAGE)


def _let_in(request: HttpRequest, user: User) -> None:
    """Raises Failed."""
    aloud = " ".join(request.POST.getlist("aloud"))[:100]
    try:
        is_right = is_read_aloud(aloud, fingerprint=key_to_grant(user).fingerprint)
        grant(user, aloud=aloud, opened=request.opened, by=person(request))  # type: ignore[attr-defined]
    except Unreadable:
        raise Failed([gettext("U bent zelf nog niet toegelaten.")]) from None
    except Refused:
        if is_right:
            raise Failed([gettext("Deze collega kan nu niet worden toegelaten.")]) from None
        raise Failed(
            [
                gettext("De cijfers kloppen niet. Laat ze nog eens voorlezen."),
                gettext("Kloppen ze weer niet? Laat niemand toe en waarschuw de coördinator."),
            ]
        ) from None


def _page(request: HttpRequest, failed: Failed | None = None) -> HttpResponse:
    return show(
        request,
        "unlock_granting",
        failed,
        waiting=waiting(besides=person(request)),
        let_in=let_in(besides=person(request)),
    )
