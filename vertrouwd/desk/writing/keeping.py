"""Keep what was written as a draft of its author, also when the session ended or was locked."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.desk.kept import Kept, State, in_words, saved_as_draft, told
from vertrouwd.desk.writing.sheet import Sheet, new_sheet, sheet_of
from vertrouwd.dossiers.drafts import was_sent

FIELDS = ("words", "kind", "expected")  # of the forms, what a draft holds
View = Callable[..., HttpResponseBase]


def keep(data: QueryDict, sheet: Sheet, *, by: User, saved: int | None = None) -> Kept:
    """Save the draft of that sheet of this person; `saved` is the save it knew of, when the page
    does not say."""
    if not data.get("words", "").strip():
        return Kept(State.BLANK)
    if was_sent(sheet.place, by=by, since=sheet.began_at):
        return Kept(State.GONE)
    return saved_as_draft(
        json.dumps({name: data[name] for name in FIELDS if name in data}),
        data,
        record=sheet.record,
        kind=sheet.kind,
        place=sheet.place,
        by=by,
        saved=saved,
    )


def from_text(text: str) -> dict[str, Any]:
    """What the form begins with, of a draft."""
    return {name: value for name, value in json.loads(text).items() if name in FIELDS}


def keep_as_author(data: QueryDict, sheet: Sheet, *, beside: bool) -> Kept:
    """The same for who has not logged in any more: the sheet says whose it is.

    `beside`: where another window went on with the draft, keep this as a new one, because nobody
    can be asked. A script, which comes back every few seconds, is told instead.
    """
    author = User.objects.filter(pk=sheet.author).first()
    if author is None or not author.may(Permission.HANDLE_CASES):
        return Kept(State.NO_SHEET)
    kept = keep(data, sheet, by=author)
    if beside and kept.state in (State.NEWER, State.GONE):
        kept = keep(data, new_sheet(author, sheet.place), by=author, saved=0)
    return kept


def by_sheet(view: View) -> View:
    """A page whose form carries a sheet, which stands for the token of the framework: that changes
    with every login. What comes after the session ended, or was locked, is kept before one is led
    to the login."""
    without_sheet = csrf_protect(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        sheet = sheet_of(request) if request.method == "POST" else None
        if sheet is None or _is_somebody_else(request, sheet):
            return without_sheet(request, *args, **kwargs)
        if not _is_open(request):
            kept = keep_as_author(request.POST, sheet, beside=True)
            if kept.state in (State.KEPT, State.NO_KEY):
                return _kept_page(request, sheet, kept)
        return view(request, *args, **kwargs)

    return csrf_exempt(sensitive_post_parameters()(guarded))


def keeps_for_a_script(view: View) -> View:
    """The same for what a script sends: it is told that the session ended, and goes on keeping."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        sheet = sheet_of(request)
        if sheet is not None and not request.user.is_authenticated:
            kept = keep_as_author(request.POST, sheet, beside=False)
            if kept.state != State.NO_SHEET:
                return as_json(kept, ended=True)
        return view(request, *args, **kwargs)

    return csrf_exempt(sensitive_post_parameters()(guarded))


def as_json(kept: Kept, *, ended: bool, csrf: str = "") -> JsonResponse:
    """What the script is told of a note or a message."""
    return told(kept, words=words_of(kept.state), ended=ended, csrf=csrf)


def words_of(state: State) -> str:
    """What to do when it was not kept; empty when there is nothing to say."""
    return in_words(
        state,
        gone=gettext(
            "Dit klad is in een ander venster verstuurd of weggegooid. Wat u hier typte staat "
            "nog op uw scherm: bewaar het als nieuw klad als u het nog nodig hebt."
        ),
        no_key=gettext("Een klad bewaren lukt pas als een collega uw sleutel heeft toegelaten."),
        no_sheet=gettext(
            "Deze bladzijde was te oud. Wat u typte staat er nog. Kijk het na en bewaar opnieuw."
        ),
    )


def _is_somebody_else(request: HttpRequest, sheet: Sheet) -> bool:
    return request.user.is_authenticated and request.user.pk != sheet.author


def _is_open(request: HttpRequest) -> bool:
    has_second_step = getattr(request, "has_second_step", False)
    is_in = request.user.is_authenticated and has_second_step
    return is_in and getattr(request, "opened", None) is not None


def _kept_page(request: HttpRequest, sheet: Sheet, kept: Kept) -> HttpResponseBase:
    """That it was kept; what could not be kept goes back to who sent it, and nowhere else."""
    context = {
        "reference": sheet.dossier,
        "words": request.POST.get("words", "") if kept.state == State.NO_KEY else "",
        "is_locked": request.user.is_authenticated,
    }
    return render(request, "desk/writing/kept.html", context)
