"""The work list, search over the opened caseload, and the choices somebody keeps."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.audit.record import LIST, SEARCH, look
from vertrouwd.desk.worklist import lists, pages, saved
from vertrouwd.desk.worklist.choices import Choice
from vertrouwd.desk.worklist.forms import GoForm, NumberForm, SearchForm
from vertrouwd.desk.worklist.rows import rows_of
from vertrouwd.desk.worklist.searching import search, words_of
from vertrouwd.dossiers.refused import Refused

P = Permission


@requires(P.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def dossiers(request: SignedInRequest) -> HttpResponse:
    """The dossiers and tasks of one list. By POST: go to a dossier by its number."""
    form = GoForm(request.POST or None)
    if form.is_valid() and (number := form.find(request.user)):
        return HttpResponseRedirect(f"/dossiers/{number}")
    choice, now = Choice.read(request.GET), timezone.now()
    page = pages.work_list(choice, request.user, asked=request.GET, now=now)
    look(by=request.user, kind="dossier", action=LIST, count=page.shown)
    context = {"page": page, "form": form, "search": SearchForm()}
    return render(request, "desk/worklist/list.html", context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def search_texts(request: OpenedRequest) -> HttpResponse:
    """Search in what is sealed; the words come in the body and stay in this request."""
    form = SearchForm(request.POST or None)
    page = pages.search_page(Choice.read(request.POST or request.GET))
    context: dict[str, object] = {"form": form, "page": page}
    if form.is_valid():
        now, asked = timezone.now(), form.cleaned_data
        among = lists.dossiers_of(page.choice, request.user, now=now)
        found = search(words_of(asked["words"]), among, opened=request.opened, after=asked["after"])
        look(
            by=request.user, kind="dossier", action=SEARCH, count=len(found.hits),
            detail={"opened": found.searched},
        )  # fmt: skip
        rows = rows_of([hit.dossier for hit in found.hits], by=request.user, now=now)
        context |= {"found": found, "hits": list(zip(rows, found.hits, strict=True))}
    status = 400 if form.errors else 200
    return render(request, "desk/worklist/search.html", context, status=status)


@requires(P.HANDLE_CASES)
@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep the choice of now."""
    choice = Choice.read(request.POST)
    try:
        saved.keep(choice, by=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, gettext("De keuze is bewaard."))
    return HttpResponseRedirect(choice.address)


@requires(P.HANDLE_CASES)
@require_POST
def drop(request: SignedInRequest) -> HttpResponse:
    """Keep a choice no longer."""
    form = NumberForm(request.POST)
    if form.is_valid():
        saved.drop(form.cleaned_data["number"], by=request.user)
        messages.success(request, gettext("De keuze is weg."))
    return HttpResponseRedirect(Choice.read(request.POST).address)
