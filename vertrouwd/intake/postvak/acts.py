"""What a reporter does in the open mailbox: each act once, however often the button is pressed."""

from collections.abc import Callable
from dataclasses import replace

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.translation import gettext, gettext_lazy

from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.reporter_messages import LONGEST_MESSAGE
from vertrouwd.intake.mailbox import (
    delete_own_copy,
    go_on,
    prove,
    release,
    withdraw,
    write,
)
from vertrouwd.intake.not_received import NotReceived, Reason
from vertrouwd.intake.postvak.asking import QUESTIONS
from vertrouwd.intake.postvak.closing import closed
from vertrouwd.intake.postvak.files import add, ask_files
from vertrouwd.intake.postvak.visit import Visit, after, renewed, shown, thread

NOT_RECEIVED = {
    Reason.DISK_FULL: gettext_lazy(
        "Dit is niet ontvangen: er is bij ons geen ruimte meer. Probeer het later nog eens, of bel "
        "ons."
    ),
}
TRY_AGAIN = gettext_lazy(
    "Dit is niet ontvangen: het lukt nu niet bij ons. Probeer het over een paar minuten nog eens, "
    "of bel ons."
)
Act = Callable[[Visit], HttpResponse]


def show(visit: Visit) -> HttpResponse:
    """The mailbox, with what was being written."""
    return thread(visit)


def send(visit: Visit) -> HttpResponse:
    """A message to the inspector. Whatever is wrong, the words stay on the page."""
    token = bytes.fromhex(visit.carried.nonce)
    write(visit.mailbox, words=visit.carried.words, token=token, now=visit.now)
    return after(replace(visit, carried=replace(visit.carried, words="")), "geschreven")


def proof(visit: Visit) -> HttpResponse:
    """That something was filed in that week, and nothing of what."""
    return shown(renewed(visit), "proof", {"proof": prove(visit.mailbox)})


def ask(visit: Visit, verb: str) -> HttpResponse:
    """The page that asks once more. What cannot be done here (any more) leads to the mailbox."""
    question = QUESTIONS[verb]
    if not question.may(visit.mailbox):
        return thread(renewed(visit))
    return shown(renewed(visit), "sure", {"question": question, "verb": verb})


def answered_yes(visit: Visit, verb: str) -> HttpResponse:
    """Do what was asked once more."""
    if not QUESTIONS[verb].may(visit.mailbox):
        return thread(renewed(visit))
    return DOES[verb](visit)


def inside(visit: Visit, asked: str) -> HttpResponse:
    """What the button asks, or the mailbox with what was wrong. Raises BadRequest for what no
    button of ours says, and WrongCode when the mailbox is gone."""
    if len(visit.carried.words) > LONGEST_MESSAGE:
        return thread(visit, error=gettext("Dit bericht is te lang."), with_words=True)
    try:
        return _pressed(visit, asked)
    except Refused as reason:
        return thread(visit, error=str(reason), with_words=asked == "schrijf")
    except NotReceived as fault:
        said = str(NOT_RECEIVED.get(fault.reason, TRY_AGAIN))
        answer = thread(visit, error=said, with_words=asked == "schrijf")
        answer.status_code = 503
        return answer


def _pressed(visit: Visit, asked: str) -> HttpResponse:
    verb, _, what = asked.partition(":")
    if verb in QUESTIONS and what in ("", "ja"):
        return answered_yes(visit, verb) if what else ask(visit, verb)
    if asked in ACTS:
        return ACTS[asked](visit)
    raise BadRequest


def _release(visit: Visit) -> HttpResponse:
    done = "verstuurd" if visit.mailbox.is_kept else "losgelaten"
    release(visit.mailbox, now=visit.now)
    return after(visit, done)


def _withdraw(visit: Visit) -> HttpResponse:
    withdraw(visit.mailbox, now=visit.now)
    return after(visit, "ingetrokken")


def _throw_away(visit: Visit) -> HttpResponse:
    withdraw(visit.mailbox, now=visit.now)
    return closed(visit.request, done="weggegooid")


def _go_on(visit: Visit) -> HttpResponse:
    go_on(visit.mailbox, now=visit.now)
    return after(visit, "geldt")


def _delete(visit: Visit) -> HttpResponse:
    delete_own_copy(visit.mailbox, now=visit.now)
    return closed(visit.request, done="gewist")


DOES: dict[str, Act] = {
    "versturen": _release,
    "loslaten": _release,
    "weggooien": _throw_away,
    "intrekken": _withdraw,
    "terugkomen": _go_on,
    "wissen": _delete,
}
ACTS: dict[str, Act] = {
    "toon": show,
    "schrijf": send,
    "bewijs": proof,
    "bestanden": ask_files,
    "stuur": add,
}
