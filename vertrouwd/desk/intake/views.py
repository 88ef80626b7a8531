"""The page on which a phone call is noted, what its script asks, and its drafts."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.login.sessions import does_not_extend
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.audit.record import LIST, look
from vertrouwd.desk.intake import pages
from vertrouwd.desk.intake.beside import beside
from vertrouwd.desk.intake.forms import CallForm, OpinionForm
from vertrouwd.desk.intake.keeping import as_json, by_sheet, keep, keeps_for_a_script, sheet_of
from vertrouwd.desk.intake.sheet import Sheet, new_sheet
from vertrouwd.desk.intake.storing import store
from vertrouwd.desk.intake.typed import from_text
from vertrouwd.desk.kept import Kept, State
from vertrouwd.desk.numbers import number_of
from vertrouwd.dossiers.calls import Noted
from vertrouwd.dossiers.drafts import open_draft, throw_away
from vertrouwd.dossiers.opinions import answer_opinion, waiting_for, with_words
from vertrouwd.dossiers.refused import Refused
from vertrouwd.sealing.unreadable import Unreadable

P = Permission


@by_sheet
@requires(P.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: SignedInRequest) -> HttpResponse:
    """Note a phone call. By POST: look further with what was typed, keep it, or hand it in."""
    if request.method != "POST":
        return _page(request, new_sheet(request.user))
    sheet = sheet_of(request)
    if sheet is None or sheet.author != request.user.pk:
        kept = Kept(State.NO_SHEET)
        return _page(request, new_sheet(request.user), kept=kept)
    match request.POST.get("do", ""):
        case "store":
            return _hand_in(request, sheet)
        case "new":
            return _keep(request, new_sheet(request.user), as_new=True)
        case "ask":
            return _ask(request, sheet)
        case "save" | "":
            return _keep(request, sheet)
        case _:
            return _page(request, sheet)


@does_not_extend  # type: ignore[arg-type]
@keeps_for_a_script
@requires(P.HANDLE_CASES)
@require_POST
def save(request: SignedInRequest) -> HttpResponse:
    """What the script sends by itself every few seconds: keep it. It is no sign of life."""
    kept = keep(request, sheet_of(request), by=request.user)
    return as_json(kept, ended=False, csrf=get_token(request))


@requires(P.HANDLE_CASES)
@require_POST
def schools(request: SignedInRequest) -> HttpResponse:
    """The institutions that the typed text may mean, as a part of the page."""
    page = pages.school_choices(request.POST, by=request.user)
    return render(request, "desk/intake/_schools.html", page)


@requires(P.HANDLE_CASES)
@require_POST
def aside(request: SignedInRequest) -> HttpResponse:
    """What follows from the answers so far, as a part of the page."""
    found = beside(request.POST, by=request.user, opened=request.opened)
    return render(request, "desk/intake/_beside.html", {"beside": found})


@does_not_extend  # type: ignore[arg-type]
@requires(P.HANDLE_CASES)
@require_POST
def asked(request: SignedInRequest) -> HttpResponse:
    """What was asked of colleagues in this call, as a part of the page; with a question: ask it.

    The script looks here by itself, so it is no sign of life.
    """
    sheet, problem = sheet_of(request), ""
    if sheet is None or sheet.author != request.user.pk:
        return render(request, "desk/intake/_asked.html")
    if request.POST.get("question"):
        form = pages.call_form(request.POST, by=request.user, checked=False)
        try:
            pages.ask(form, sheet, by=request.user, opened=request.opened)
        except Refused as reason:
            problem = str(reason)
    part = pages.asked_part(sheet, by=request.user, opened=request.opened, problem=problem)
    return render(request, "desk/intake/_asked.html", part, status=400 if problem else 200)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
def opinions(request: OpenedRequest) -> HttpResponse:
    """The questions of colleagues who are in a call now. By POST: answer one."""
    form = OpinionForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            answer_opinion(
                given["number"], answer=given["answer"], by=request.user, opened=request.opened
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, gettext("Uw antwoord staat bij uw collega op het scherm."))
            return HttpResponseRedirect("/mening")
    waiting = with_words(waiting_for(request.user), opened=request.opened)
    look(by=request.user, kind="opinion", action=LIST, count=len(waiting))
    context = {"waiting": waiting, "form": form}
    return render(request, "desk/intake/opinions.html", context, status=400 if form.errors else 200)


@requires(P.HANDLE_CASES, unlocked=True)
@require_safe
def draft(request: OpenedRequest, number: int) -> HttpResponse:
    """Go on with a draft of one's own."""
    try:
        found, text = open_draft(number, by=request.user, opened=request.opened)
    except Unreadable:
        messages.error(request, gettext("Dit klad is niet te openen."))
        return HttpResponseRedirect("/intake")
    data, sheet = from_text(text, by=request.user)
    return _page(request, sheet, data=data, kept=Kept(State.KEPT, found))


@requires(P.HANDLE_CASES)
@require_POST
def discard(request: SignedInRequest, number: int) -> HttpResponse:
    """Throw a draft of one's own away."""
    throw_away(number, by=request.user)
    messages.success(request, gettext("Het klad is weggegooid."))
    return HttpResponseRedirect("/intake")


def _page(
    request: SignedInRequest,
    sheet: Sheet,
    *,
    data: QueryDict | None = None,
    form: CallForm | None = None,
    kept: Kept | None = None,
    problem: str = "",
) -> HttpResponse:
    typed = data if data is not None else (request.POST if request.method == "POST" else None)
    page = pages.call_page(
        form or pages.call_form(typed, by=request.user, checked=False),
        sheet,
        by=request.user,
        opened=request.opened,
        saved=number_of(request.POST.get("saved")),
        kept=kept,
        problem=problem,
    )
    wrong = bool(page.problem) or bool(form and form.errors)
    context = {"page": page, "form": page.form, "problem": page.problem}
    return render(request, "desk/intake/call.html", context, status=400 if wrong else 200)


def _keep(request: SignedInRequest, sheet: Sheet, *, as_new: bool = False) -> HttpResponse:
    kept = keep(request, sheet, by=request.user, saved=0 if as_new else None)
    return _page(request, sheet, kept=kept)


def _ask(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    """Without a script: the same page comes back, with the question among what was asked."""
    form = pages.call_form(request.POST, by=request.user, checked=False)
    try:
        pages.ask(form, sheet, by=request.user, opened=request.opened)
    except Refused as reason:
        return _page(request, sheet, problem=str(reason))
    data = request.POST.copy()
    data["question"] = ""
    return _page(request, sheet, data=data)


def _hand_in(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    form = pages.call_form(request.POST, by=request.user, checked=True)
    if not form.is_valid():
        kept = keep(request, sheet, by=request.user)
        shown = kept if kept.state == State.KEPT else None
        return _page(request, sheet, form=form, kept=shown)
    try:
        noted = store(form, sheet, by=request.user, opened=request.opened)
    except Refused as reason:
        return _page(request, sheet, form=form, problem=str(reason))
    return _noted(request, noted)


def _noted(request: SignedInRequest, noted: Noted) -> HttpResponse:
    """Shown in answer to the form itself: the code is nowhere, and sending again shows it again."""
    page = pages.noted_page(noted, by=request.user, opened=request.opened)
    return render(request, "desk/intake/noted.html", {"page": page})
