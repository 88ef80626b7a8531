"""The second step: made after the first login, replaced or added later; the first password."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import LOGIN, public
from vertrouwd.accounts.login import attempts
from vertrouwd.accounts.login import steps as login_steps
from vertrouwd.accounts.people.actions import (
    NotPossible,
    accept_invitation,
    find_invitation,
    open_invitation,
)
from vertrouwd.accounts.second_step.actions import add_app
from vertrouwd.accounts.second_step.forms import AppCodeForm, InvitationForm, NewPasswordForm
from vertrouwd.accounts.second_step.pages import (
    app_secret,
    may_set_up,
    proved_counter,
    set_up_done,
    set_up_page,
)
from vertrouwd.accounts.signed_in import SignedInRequest

WELCOME = "login.invitation"  # where the number of the invitation waits in the session


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def set_up(request: SignedInRequest) -> HttpResponse:
    """Choose a second step: a passkey, or codes of an app."""
    if not may_set_up(request):
        return HttpResponseRedirect(_who_may_not(request))
    form = AppCodeForm(request.POST or None)
    if not form.is_valid():
        return set_up_page(request, form if form.is_bound else None)
    counter = proved_counter(request, form.cleaned_data["code"])
    if counter is None:
        form.add_error("code", gettext("Deze code klopt niet. Gebruik de code die er nu staat."))
        return set_up_page(request, form)
    codes = add_app(secret=app_secret(request), counter=counter, by=request.user)
    return set_up_done(request, method="totp", codes=codes)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def welcome(request: SignedInRequest) -> HttpResponse:
    """Somebody comes with the code of an invitation."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        if invitation := find_invitation(form.cleaned_data["code"]):
            request.session.flush()
            request.session[WELCOME] = invitation.pk
            return HttpResponseRedirect("/welkom/wachtwoord")
        attempts.invitation_was_wrong()
        form.add_error("code", gettext("Deze code werkt niet, of niet meer. Vraag een nieuwe."))
    return render(request, "accounts/welcome.html", {"form": form}, status=_status(form))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def first_password(request: SignedInRequest) -> HttpResponse:
    """The invited person chooses a password, and goes on to the second step."""
    invitation = open_invitation(request.session.get(WELCOME))
    if invitation is None:
        return HttpResponseRedirect("/welkom")
    person = invitation.user
    form = NewPasswordForm(request.POST or None, user=person)
    if form.is_valid():
        try:
            accept_invitation(invitation=invitation, password=form.cleaned_data["new"], by=person)
        except NotPossible:
            return HttpResponseRedirect("/welkom")
        return login_steps.first_step_done(request, person, method="invitation")
    page = {"form": form, "person": person}
    return render(request, "accounts/first_password.html", page, status=_status(form))


def _who_may_not(request: SignedInRequest) -> str:
    """To the login; or, when it was too long ago, to give the password again."""
    if getattr(request, "has_second_step", False):
        return "/mijn-account/bevestigen?next=/twee-stappen"
    if request.user.is_authenticated:  # meanwhile a second step was made elsewhere
        login_steps.log_out(request)
    return LOGIN


def _status(form: InvitationForm | NewPasswordForm) -> int:
    return 400 if form.errors else 200
