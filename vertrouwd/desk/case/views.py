"""The page of a dossier, and the work in it: coding, status, tasks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.case import undo_page, work
from vertrouwd.desk.case.forms import CodingForm, StatusForm, TaskActForm, TaskForm
from vertrouwd.desk.case.page import read_dossier
from vertrouwd.desk.writing.pages import begin, drafts_here, elsewhere
from vertrouwd.desk.writing.sheet import of_note
from vertrouwd.dossiers import life
from vertrouwd.dossiers.access import access_dossier, access_or_follow
from vertrouwd.dossiers.actions import code_dossier
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.tasks import add_task, finish_task, take_task, unfinish_task

P = Permission
ANY = ["GET", "HEAD", "POST"]


@requires(P.HANDLE_CASES, unlocked=True)
@require_safe
def dossier(request: OpenedRequest, reference: str) -> HttpResponse:
    """One dossier: its facts, its reports, and the sealed texts, opened for this request alone.

    The number of an emptied dossier leads to where its reports are, for who may open that; for
    anybody else it is not there.
    """
    now = timezone.now()
    found = access_or_follow(reference, by=request.user, now=now)
    if isinstance(found, list):
        entries = undo_page.entries_of_emptied(reference, found)
        old = {"dossier": {"reference": reference}, "entries": entries}
        moved = {"reference": reference, "others": found, "page": old}
        return render(request, "desk/case/moved.html", moved)
    page = read_dossier(found, by=request.user, opened=request.opened, now=now)
    drafts = drafts_here([found, *page.merged], page.rows, by=request.user)
    writing = begin(of_note(found), drafts, by=request.user, opened=request.opened)
    forms = {"note": work.note_form(page, writing.begun), "task": work.task_form(page)}
    context: dict[str, Any] = {"page": page, "forms": forms, "writing": writing}
    context["elsewhere"] = elsewhere(drafts, found)
    return render(request, "desk/case/dossier.html", context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def coding(request: OpenedRequest, reference: str) -> HttpResponse:
    """Decide the coding; what it was stays to be read."""
    found = access_dossier(reference, by=request.user)
    form = CodingForm(request.POST or None, initial=work.coded(found))
    if form.is_valid():
        asked = form.cleaned_data
        done = _done(form, lambda: code_dossier(found, by=request.user, **asked))
        if done:
            return _back(request, found, gettext("De codering is vastgelegd."), "codering")
    context = {"dossier": found, "form": form, "codings": work.codings(found)}
    return _answer(request, "desk/case/coding.html", form, context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def status(request: OpenedRequest, reference: str) -> HttpResponse:
    """Let the dossier wait, go on, close with an outcome, or open again for a reason."""
    found = access_dossier(reference, by=request.user)
    form = StatusForm(request.POST or None)
    if form.is_valid():
        asked, by = form.cleaned_data, request.user
        acts: dict[str, Callable[[], object]] = {
            Status.WAITING: lambda: life.set_waiting(found, by=by),
            Status.CLOSED: lambda: life.close(found, outcome=asked["outcome"], by=by),
            Status.OPEN: lambda: (
                life.reopen(found, reason=asked["reason"], by=by)
                if work.is_closed(found)
                else life.resume(found, by=by)
            ),
        }
        if _done(form, acts[asked["to"]]):
            return _back(request, found, gettext("Dat is vastgelegd."))
    left = {"open_tasks": work.open_tasks(found, by=request.user), "is_owed": work.is_owed(found)}
    context = {"dossier": found, "form": form, **left}
    return _answer(request, "desk/case/status.html", form, context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def task(request: OpenedRequest, reference: str) -> HttpResponse:
    """Put down something that is to be done."""
    found = access_dossier(reference, by=request.user)
    form = TaskForm(request.POST or None, people=work.who_handle(found), initial=work.next_task())
    if form.is_valid():
        asked = form.cleaned_data | {"owner": form.chosen, "after": form.cleaned_data["after"] or 0}
        if _done(form, lambda: add_task(found, by=request.user, opened=request.opened, **asked)):
            return _back(request, found, gettext("De taak staat erbij."), "taken")
    return _answer(request, "desk/case/task.html", form, {"dossier": found, "form": form})


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def task_act(request: OpenedRequest, reference: str) -> HttpResponse:
    """A task was done, was not done after all, or is taken."""
    found = access_dossier(reference, by=request.user)
    form = TaskActForm(request.POST)
    chosen = (
        work.task_of(found, form.cleaned_data["task"], by=request.user) if form.is_valid() else None
    )
    if chosen is None:
        return _back(request, found, "", "taken")
    acts = {"done": finish_task, "undone": unfinish_task, "take": take_task}
    try:
        acts[form.cleaned_data["act"]](chosen, by=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
    return _back(request, found, "", "taken")


def _done(form: Any, act: Callable[[], object]) -> bool:
    """Do it; what is refused is said above the form."""
    try:
        act()
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _answer(
    request: OpenedRequest, template: str, form: Any, context: dict[str, Any]
) -> HttpResponse:
    return render(request, template, context, status=400 if form.errors else 200)


def _back(request: OpenedRequest, to: Dossier, said: str, place: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(f"/dossiers/{to.reference}" + (f"#{place}" if place else ""))
