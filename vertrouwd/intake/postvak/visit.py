"""One request to a mailbox that is open: what is in it, and what the page carried."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from vertrouwd.intake.form_key import form_key
from vertrouwd.intake.mailbox import OpenedMailbox, open_again
from vertrouwd.intake.postvak.carried import Carried, begun, sealed
from vertrouwd.intake.postvak.cookie import Held, give
from vertrouwd.intake.postvak.pages import page_of
from vertrouwd.intake.surroundings import MAILBOX, around


class SeeOther(HttpResponseRedirect):
    """To be looked at there, whatever was sent here."""

    status_code = 303


@dataclass(frozen=True)
class Visit:
    """The mailbox, opened for this one request."""

    request: HttpRequest
    mailbox: OpenedMailbox
    carried: Carried
    now: datetime

    @property
    def held(self) -> Held:
        """What opens it again."""
        return Held(self.mailbox.reference, self.mailbox.key)


def renewed(visit: Visit) -> Visit:
    """For a page from which something else can be done; what was being written stays."""
    return replace(visit, carried=begun(visit.mailbox.reference, words=visit.carried.words))


def thread(
    visit: Visit, *, done: str = "", error: str = "", with_words: bool = False
) -> HttpResponse:
    """The mailbox itself. `done`: what was done a moment ago; `error`: what was wrong, and whether
    that was with the words of a message."""
    page = page_of(visit.mailbox, done=done)
    page |= {"error": error, "with_words": with_words, "words": visit.carried.words}
    in_sight = replace(visit, carried=replace(visit.carried, words=""))
    return shown(in_sight, "thread", page, status=400 if error else 200)


def shown(visit: Visit, name: str, page: dict[str, object], *, status: int = 200) -> HttpResponse:
    """A page of the open mailbox; from now on it stays open for another quarter of an hour."""
    state = sealed(visit.carried, key=form_key(), now=visit.now)
    context = around(MAILBOX) | {"state": state} | page
    answer = render(visit.request, f"intake/postvak/{name}.html", context, status=status)
    return give(answer, visit.held, now=visit.now)


def after(visit: Visit, done: str) -> HttpResponse:
    """Something was done: to the mailbox anew, so that loading the page again does nothing.

    Words that were written and not sent stay on the page; then it is shown at once.
    """
    if visit.carried.words:
        opened = open_again(visit.mailbox.reference, visit.mailbox.key)
        return thread(renewed(replace(visit, mailbox=opened)), done=done)
    return to_the_mailbox(replace(visit.held, done=done), now=visit.now)


def to_the_mailbox(held: Held, *, now: datetime) -> HttpResponse:
    """Lead there, with what opens it."""
    return give(SeeOther(around(MAILBOX)["here"]), held, now=now)
