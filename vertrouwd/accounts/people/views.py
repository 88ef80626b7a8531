"""The people who work here: accounts, roles, invitations. For administrators."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.models import User
from vertrouwd.accounts.own_account.pages import say
from vertrouwd.accounts.people import actions
from vertrouwd.accounts.people import listing as people
from vertrouwd.accounts.people.forms import PersonForm, RoleForm, SubjectForm
from vertrouwd.accounts.people.pages import code_page, people_page, person_page
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.record import refuse

keep_people = requires(Permission.KEEP_PEOPLE)


@keep_people
@require_http_methods(["GET", "HEAD", "POST"])
def everybody(request: SignedInRequest) -> HttpResponse:
    """Everybody, with their roles; a new account, with its invitation."""
    form = PersonForm(request.POST or None)
    if not form.is_valid():
        return people_page(request, form)
    try:
        person, code = people.add_and_invite(**form.cleaned_data, by=request.user)
    except actions.NotPossible as reason:
        form.add_error("username", str(reason))
        return people_page(request, form)
    return code_page(request, person, code)


@keep_people
@require_safe
def person(request: SignedInRequest, number: int) -> HttpResponse:
    """One person: roles, state, and what an administrator may do about it."""
    return person_page(request, people.look_at(number, by=request.user))


@keep_people
@require_POST
def give_role(request: SignedInRequest, number: int) -> HttpResponse:
    """Give a role."""
    return _with_role(request, number, actions.grant_role)


@keep_people
@require_POST
def end_role(request: SignedInRequest, number: int) -> HttpResponse:
    """End a role."""
    return _with_role(request, number, actions.end_role)


@keep_people
@require_POST
def deactivate(request: SignedInRequest, number: int) -> HttpResponse:
    """Somebody leaves."""
    done = gettext("Het account is gesloten. De sessies zijn beëindigd.")
    return _act(request, number, lambda p: actions.deactivate(user=p, by=request.user), done)


@keep_people
@require_POST
def reactivate(request: SignedInRequest, number: int) -> HttpResponse:
    """Somebody is back."""
    done = gettext("Het account is weer open.")
    return _act(request, number, lambda p: actions.reactivate(user=p, by=request.user), done)


@keep_people
@require_POST
def invite(request: SignedInRequest, number: int) -> HttpResponse:
    """Another code for somebody who has not come yet."""
    return _code(request, number, actions.invite)


@keep_people
@require_POST
def start_over(request: SignedInRequest, number: int) -> HttpResponse:
    """Somebody lost every means to log in."""
    return _code(request, number, actions.start_over)


@keep_people
@require_POST
def bind(request: SignedInRequest, number: int) -> HttpResponse:
    """Bind an account to the organisation's login, or unbind it."""
    form = SubjectForm(request.POST)
    where = settings.VERTROUWD_ORGANISATION
    if where is not None and form.is_valid():
        told = {"key": where.key, "subject": form.cleaned_data["subject"]}
        done = gettext("Dit account is verbonden met de inlogdienst.")
        return _act(
            request,
            number,
            lambda p: actions.bind_organisation(user=p, by=request.user, **told),
            done,
        )
    if where is not None and "subject" in request.POST:  # typed wrong: that unbinds nobody
        found = people.find_person(number, by=request.user)
        return person_page(request, found, problem=gettext("Vul het kenmerk in."))
    done = gettext("Dit account is niet meer verbonden.")
    return _act(
        request, number, lambda p: actions.unbind_organisation(user=p, by=request.user), done
    )


def _with_role(request: SignedInRequest, number: int, act: Callable[..., object]) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        found = people.look_at(number, by=request.user)
        return person_page(request, found, problem=gettext("Kies een rol uit de lijst."))
    role = Role[form.cleaned_data["role"]]
    done = gettext("De rollen zijn veranderd.")
    return _act(request, number, lambda p: act(user=p, role=role, by=request.user), done)


def _act(
    request: SignedInRequest, number: int, act: Callable[[User], object], done: str
) -> HttpResponse:
    found = people.find_person(number, by=request.user)
    try:
        act(found)
    except actions.NotPossible as reason:
        return _refused(request, found, reason)
    say(request, done)
    return HttpResponseRedirect(f"/mensen/{number}")


def _code(request: SignedInRequest, number: int, act: Callable[..., str]) -> HttpResponse:
    found = people.find_person(number, by=request.user)
    try:
        code = act(user=found, by=request.user)
    except actions.NotPossible as reason:
        return _refused(request, found, reason)
    return code_page(request, found, code)


def _refused(request: SignedInRequest, found: User, reason: actions.NotPossible) -> HttpResponse:
    """Say why; who tries to give rights that nobody may give leaves a line as well."""
    refuse(by=request.user, action="keep_people", kind="account", object=found.username)
    return person_page(request, found, problem=str(reason))
