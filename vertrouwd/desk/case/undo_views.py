"""Take back a join, a separation or a judgement; and leave word for who may, when one may not."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.case import joining_page, undo_page
from vertrouwd.desk.case.forms import EventForm, WordForm
from vertrouwd.desk.case.word_page import WordPage, word_form, word_page
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.leaving_word import dossier_to_leave_word_in, leave_word
from vertrouwd.dossiers.may_move import MayNotMove
from vertrouwd.dossiers.membership import dossiers_of_undo, is_redone
from vertrouwd.dossiers.models import Dossier, LedgerEvent
from vertrouwd.dossiers.refused import Refused
from vertrouwd.duties import reassessing

P = Permission
ANY = ["GET", "HEAD", "POST"]


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def take_back(request: OpenedRequest, reference: str) -> HttpResponse:
    """See what an undo (`?event=`) would change, and do it by POST; or undo that."""
    here = access_dossier(reference, by=request.user)
    form = EventForm(request.POST or request.GET)
    event = joining_page.event_of(here, form.cleaned_data["event"]) if form.is_valid() else None
    if event is None:
        return HttpResponseRedirect(f"/dossiers/{here.reference}")
    if request.method == "POST":
        return _taken_back(request, here, event, seen=form.cleaned_data["seen"])
    if not undo_page.can_be_undone(event):
        messages.error(request, gettext("Dit is al ongedaan gemaakt."))
        return HttpResponseRedirect(f"/dossiers/{here.reference}")
    kind = undo_page.word_about(event)
    if blocked := word_page(dossiers_of_undo(event), kind=kind, by=request.user):
        return word_left(request, here, blocked)
    page = undo_page.undo_page(event, here=here, by=request.user)
    sent = EventForm(initial={"event": event.pk, "seen": page.preview.contents})
    return render(request, "desk/case/undo.html", {"dossier": here, "page": page, "form": sent})


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def leave(request: OpenedRequest, reference: str) -> HttpResponse:
    """Leave word in a dossier behind broken glass, also when the glass closed meanwhile."""
    to = dossier_to_leave_word_in(reference, by=request.user)
    form = WordForm(request.POST)
    if not form.is_valid():
        context = {"dossier": to, "form": form, "to": to}
        return render(request, "desk/case/word_again.html", context, status=400)
    asked = form.cleaned_data
    other = None
    if named := asked.pop("other"):
        other = dossier_to_leave_word_in(named, by=request.user)
    asked["after"] = asked["after"] or 0
    try:
        leave_word(to, other=other, by=request.user, opened=request.opened, **asked)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, gettext("De taak staat in %(d)s.") % {"d": to.reference})
    return HttpResponseRedirect(undo_page.first_open([other or to, to], by=request.user))


def word_left(
    request: OpenedRequest, here: Dossier, page: WordPage, *, words: str = ""
) -> HttpResponse:
    """The page that says who may do it, with the form to leave word for them."""
    context = {"dossier": here, "page": page, "form": word_form(page, words), "why": MayNotMove()}
    return render(request, "desk/case/word.html", context)


def _taken_back(
    request: OpenedRequest, here: Dossier, event: LedgerEvent, *, seen: str
) -> HttpResponse:
    try:
        reassessing.take_event_back(event, by=request.user, seen=seen)
    except Refused as reason:
        messages.error(request, str(reason))
        return HttpResponseRedirect(f"/dossiers/{here.reference}/terug?event={event.pk}")
    redone = is_redone(event)
    done = gettext("Dat is weer gedaan.") if redone else gettext("Dat is ongedaan gemaakt.")
    messages.success(request, done)
    return HttpResponseRedirect(undo_page.where_to_after(here, event, by=request.user))
