"""Keep what was typed as a draft of its author, also when the session ended meanwhile."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.desk.intake.sheet import Sheet, new_sheet, read_sheet
from vertrouwd.desk.intake.typed import as_text, is_blank
from vertrouwd.desk.kept import Kept, State, in_words, saved_as_draft, told
from vertrouwd.dossiers.calls import was_noted
from vertrouwd.dossiers.casework_terms import DraftKind

View = Callable[..., HttpResponseBase]


def sheet_of(request: HttpRequest) -> Sheet | None:
    """The sheet that was sent, None when there is none that counts."""
    return read_sheet(request.POST.get("sheet", ""))


def keep(request: HttpRequest, sheet: Sheet | None, *, by: User, saved: int | None = None) -> Kept:
    """Save the draft of that sheet; `saved` is the save it knew of, when the page does not say."""
    if sheet is None or sheet.author != by.pk:
        return Kept(State.NO_SHEET)
    if is_blank(request.POST):
        return Kept(State.BLANK)
    if was_noted(sheet.token):
        return Kept(State.GONE)
    text = as_text(request.POST, sheet)
    return saved_as_draft(
        text, request.POST, record=sheet.record, kind=DraftKind.CALL, by=by, saved=saved
    )


def keep_as_author(request: HttpRequest, *, beside: bool) -> Kept:
    """The same for who has not logged in any more: the sheet says whose it is.

    `beside`: where another window wrote on, keep this as a new draft, because nobody can be asked.
    A script, which comes back every few seconds, is told instead.
    """
    sheet = sheet_of(request)
    author = User.objects.filter(pk=sheet.author).first() if sheet else None
    if author is None or not author.may(Permission.HANDLE_CASES):
        return Kept(State.NO_SHEET)
    kept = keep(request, sheet, by=author)
    if beside and kept.state == State.NEWER:
        kept = keep(request, new_sheet(author), by=author, saved=0)
    return kept


def by_sheet(view: View) -> View:
    """A page whose forms carry a sheet. That is what shows that they came from our own page, also
    after another login gave the browser another token; and after the session ended what was typed
    is kept before one is led to the login."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        ended = request.method == "POST" and not request.user.is_authenticated
        state = keep_as_author(request, beside=True).state if ended else None
        if state == State.KEPT:
            return render(request, "desk/intake/logged_out.html")
        if state == State.NO_KEY:  # only back to who sent it
            words = {"words": request.POST.get("narrative", "")}
            return render(request, "desk/intake/logged_out.html", words)
        return view(request, *args, **kwargs)

    return csrf_exempt(sensitive_post_parameters()(guarded))


def words_of(state: State) -> str:
    """What to do when it was not kept; empty when there is nothing to say."""
    return in_words(
        state,
        gone=gettext(
            "Dit klad is in een ander venster vastgelegd of weggegooid. Wat u hier typte staat "
            "nog op uw scherm: bewaar het als nieuw klad als u het nog nodig hebt."
        ),
        no_key=gettext(
            "Een klad bewaren lukt pas als een collega uw sleutel heeft toegelaten. Het gesprek "
            "vastleggen kan wel."
        ),
        no_sheet=gettext(
            "Deze bladzijde was te oud. Wat u typte staat hieronder nog. Kijk het na en bewaar of "
            "leg vast."
        ),
    )


def keeps_for_a_script(view: View) -> View:
    """The same for what a script sends: it is told that the session ended, and goes on keeping."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            kept = keep_as_author(request, beside=False)
            if kept.state != State.NO_SHEET:
                return as_json(kept, ended=True)
        return view(request, *args, **kwargs)

    return csrf_exempt(sensitive_post_parameters()(guarded))


def as_json(kept: Kept, *, ended: bool, csrf: str = "") -> JsonResponse:
    """What the script is told of a call."""
    return told(kept, words=words_of(kept.state), ended=ended, csrf=csrf)
