"""The pages with which somebody logs in and out."""

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import LOGIN, public
from vertrouwd.accounts.login import attempts
from vertrouwd.accounts.login import steps as login_steps
from vertrouwd.accounts.login.forms import CodeForm, PasswordForm
from vertrouwd.accounts.login.pages import login_page
from vertrouwd.accounts.second_step.factors import check_code, has_codes, recovery_codes_left


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; the passkey and the organisation's login are on the same page."""
    go_to = login_steps.inside(request, request.GET.get("next", ""))
    if getattr(request, "has_second_step", False):
        return HttpResponseRedirect(go_to)
    form = PasswordForm(request.POST or None)
    if not form.is_valid():
        return login_page(request, form)
    username = form.cleaned_data["username"]
    if locked := attempts.password_locked_for(request, username):
        return login_page(request, form, locked=locked)
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if user is None:
        locked = attempts.password_was_wrong(request, username)
        return login_page(request, form, wrong=True, locked=locked)
    return login_steps.first_step_done(request, user, method="password", go_to=go_to)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def log_in_code(request: HttpRequest) -> HttpResponse:
    """The second step after a password: a code of the app, or a recovery code."""
    user = login_steps.pending_user(request)
    if user is None:
        return HttpResponseRedirect(LOGIN)
    form = CodeForm(request.POST or None)
    locked = attempts.code_locked_for(request, user)
    wrong = False
    if form.is_valid() and not locked:
        if method := check_code(user, form.cleaned_data["code"]):
            attempts.code_was_right(request, user)
            return login_steps.second_step_done(request, user, method=method)
        wrong, locked = True, attempts.code_was_wrong(request, user)
    page = {"form": form, "wrong": wrong, "minutes": attempts.minutes(locked)}
    page |= {"has_app": has_codes(user), "codes_left": recovery_codes_left(user)}
    return render(request, "accounts/log_in_code.html", page, status=400 if form.is_bound else 200)


@public
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    login_steps.log_out(request)
    return HttpResponseRedirect(f"{LOGIN}?uit=1")
