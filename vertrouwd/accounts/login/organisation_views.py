"""To the organisation's login, and back."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from vertrouwd.accounts.gates import public
from vertrouwd.accounts.login import attempts, organisation_login
from vertrouwd.accounts.login import steps as login_steps
from vertrouwd.accounts.login.organisation import Organisation
from vertrouwd.accounts.login.organisation_login import NotBelieved, NotKnown, Unavailable
from vertrouwd.accounts.login.pages import login_page


@public
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. By a link: a form may only go to our own pages."""
    where = _organisation()
    go_to = login_steps.inside(request, request.GET.get("next", ""))
    try:
        return HttpResponseRedirect(organisation_login.question(request, where, go_to=go_to))
    except Unavailable:
        return _unavailable(request, where)
    except NotBelieved as doubt:
        return _not_believed(request, doubt)


@public
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The browser comes back, with an answer to our question or without."""
    where = _organisation()
    try:
        vouched = organisation_login.answer(request, where)
    except Unavailable:
        return _unavailable(request, where)
    except NotBelieved as doubt:
        return _not_believed(request, doubt)
    except NotKnown:
        attempts.organisation_refused("unknown_subject")
        text = gettext("Uw account bij de organisatie is hier niet bekend. Vraag uw beheerder.")
        return login_page(request, problem=text)
    if vouched.two_steps:
        return login_steps.both_steps_done(
            request, vouched.user, methods=["organisation_two_steps"], go_to=vouched.go_to
        )
    return login_steps.first_step_done(
        request, vouched.user, method="organisation", go_to=vouched.go_to
    )


def _organisation() -> Organisation:
    where: Organisation | None = settings.VERTROUWD_ORGANISATION
    if where is None:
        raise Http404
    return where


def _unavailable(request: HttpRequest, where: Organisation) -> HttpResponse:
    attempts.organisation_refused("provider_unavailable")
    text = gettext("De inlogdienst van %(name)s antwoordt niet. Log in met wachtwoord of passkey.")
    return login_page(request, problem=text % {"name": where.name})


def _not_believed(request: HttpRequest, doubt: NotBelieved) -> HttpResponse:
    attempts.organisation_refused(doubt.reason)
    text = gettext("Het inloggen via de organisatie klopte niet of duurde te lang. Begin opnieuw.")
    return login_page(request, problem=text)
