"""Notes and messages to a reporter: written, kept as a draft meanwhile, and sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.login.sessions import does_not_extend
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.desk.case import work
from vertrouwd.desk.case.forms import MessageForm, NoteForm
from vertrouwd.desk.kept import Kept, State
from vertrouwd.desk.writing import pages
from vertrouwd.desk.writing.keeping import as_json, by_sheet, keep, keeps_for_a_script, words_of
from vertrouwd.desk.writing.sheet import of_message, of_note, sheet_of
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.drafts import Place, throw_away_text
from vertrouwd.dossiers.messages import write_to_reporter
from vertrouwd.dossiers.models import Dossier, Note
from vertrouwd.dossiers.notes import Changed, add_note, edit_note
from vertrouwd.dossiers.refused import Refused

P = Permission
ANY = ["GET", "HEAD", "POST"]


@by_sheet
@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def note(request: OpenedRequest, reference: str) -> HttpResponse:
    """Write something down, or change a note; who is second sees both texts and loses nothing."""
    found = access_dossier(reference, by=request.user)
    edited = work.note_of(found, request.POST.get("note") or request.GET.get("nr"))
    writing = _writing(request, of_note(found, edited), found)
    initial = work.words_of_note(edited, opened=request.opened) if edited else {}
    form = NoteForm(request.POST or None, initial=initial | writing.begun)
    context = {"dossier": found, "form": form, "note": edited, "writing": writing}
    if form.is_valid() and not pages.is_to_be_kept(request):
        if form.cleaned_data["note"] and edited is None:
            context["form"] = work.form_of_a_note_that_left(request.POST)
            return render(request, "desk/case/note.html", context, status=409)
        try:
            _put_down(form, found, edited, writing, request)
        except Changed as changed:
            form = work.changed_form(changed, form.cleaned_data["words"])
            context |= {"form": form, "changed": changed, "note": changed.note}
            return render(request, "desk/case/note.html", context, status=409)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return _back(request, found, gettext("De aantekening is bewaard."), "#aantekeningen")
    return _answer(request, "desk/case/note.html", context)


@by_sheet
@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def message(request: OpenedRequest, reference: str) -> HttpResponse:
    """The mailbox of one reporter: what was written, and a message to write."""
    found = access_dossier(reference, by=request.user)
    box = work.mailbox(found, request.GET.get("melding", ""), opened=request.opened)
    if box is None:
        return _mailboxes(request, found)
    writing = _writing(request, of_message(found, box.report), found)
    form = MessageForm(request.POST or None, initial={"after": box.last} | writing.begun)
    if form.is_valid() and not pages.is_to_be_kept(request):
        asked = form.cleaned_data | {"after": form.cleaned_data["after"] or 0}
        by, opened, draft = request.user, request.opened, writing.sheet.record
        try:
            write_to_reporter(box.report, by=by, opened=opened, draft=draft, **asked)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return _back(request, found, gettext("Het bericht staat klaar voor de melder."))
    context = {"dossier": found, "box": box, "form": form, "writing": writing}
    return _answer(request, "desk/case/mailbox.html", context)


@does_not_extend  # type: ignore[arg-type]
@keeps_for_a_script
@requires(P.HANDLE_CASES)
@require_POST
def save(request: SignedInRequest) -> HttpResponse:
    """What the script sends by itself every few seconds: keep it. It is no sign of life."""
    sheet, kept = sheet_of(request), Kept(State.NO_SHEET)
    if sheet is not None and sheet.author == request.user.pk:
        kept = keep(request.POST, sheet, by=request.user)
    return as_json(kept, ended=False, csrf=get_token(request))


@csrf_exempt
@requires(P.HANDLE_CASES)
@require_POST
def discard(request: SignedInRequest) -> HttpResponse:
    """Throw the draft on this sheet away. The sheet shows that the form is ours, and whose."""
    sheet = sheet_of(request)
    if sheet is None or sheet.author != request.user.pk:
        messages.error(request, words_of(State.NO_SHEET))
        return HttpResponseRedirect("/dossiers")
    throw_away_text(sheet.record, by=request.user)
    messages.success(request, gettext("Het klad is weggegooid."))
    return HttpResponseRedirect(f"/dossiers/{sheet.dossier}")


def _mailboxes(request: OpenedRequest, dossier: Dossier) -> HttpResponse:
    """The mailboxes to choose from, and what was written to a reporter who is not here any more."""
    words = request.POST.get("words", "").strip()
    context = {"dossier": dossier, "reports": dossier.reports.order_by("pk"), "words": words}
    return render(request, "desk/case/mailboxes.html", context, status=409 if words else 200)


def _writing(request: OpenedRequest, place: Place, dossier: Dossier) -> pages.Writing:
    if request.method == "POST":
        return pages.sent(request, place)
    drafts = pages.drafts_here(work.parts(dossier), dossier.reports.all(), by=request.user)
    return pages.begin(place, drafts, by=request.user, opened=request.opened)


def _put_down(
    form: NoteForm, dossier: Dossier, note: Note | None, writing: pages.Writing, request: Any
) -> None:
    asked, draft = form.cleaned_data, writing.sheet.record
    same = {"words": asked["words"], "by": request.user, "opened": request.opened, "draft": draft}
    if note:
        edit_note(note, expected=asked["expected"] or 0, **same)
    else:
        add_note(dossier, kind=asked["kind"], after=asked["after"] or 0, **same)


def _answer(request: OpenedRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    wrong = context["form"].errors or (context["writing"].problem and request.method == "POST")
    return render(request, template, context, status=400 if wrong else 200)


def _back(request: OpenedRequest, to: Dossier, said: str, place: str = "") -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(f"/dossiers/{to.reference}{place}")
