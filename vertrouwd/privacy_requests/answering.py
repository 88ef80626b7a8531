"""Send the answer: the letter is sealed, and what was decided is done in the dossier.

Correcting overwrites nothing: a statement comes into the dossier as a note. Erasing is a task for
two people, within a month. There is no export: what is given is handed over by the inspector, from
the page of the dossier.
"""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.advice.confirmation import in_words
from vertrouwd.dossiers.casework_terms import NoteKind, TaskKind
from vertrouwd.dossiers.membership import lock
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.notes import add_note
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import seal_words, trimmed
from vertrouwd.dossiers.tasks import LONGEST_WORDS as LONGEST_TASK
from vertrouwd.dossiers.tasks import add_task
from vertrouwd.privacy_requests.access import dossiers_of
from vertrouwd.privacy_requests.clock import last_day
from vertrouwd.privacy_requests.held import held_open, write_line
from vertrouwd.privacy_requests.models import PrivacyRequest, Weighing
from vertrouwd.privacy_requests.reading import State, state_of
from vertrouwd.privacy_requests.restricting import begin_restriction
from vertrouwd.privacy_requests.terms import Outcome, Stage
from vertrouwd.privacy_requests.weighing import words_of
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

LONGEST_LETTER = 20_000  # characters
LETTER = "letter"
TO_ERASE = (
    "Wis samen met een collega wat bij verzoek {reference} is besloten. Aantal stukken: {many}."
)
NOTE_OF = {Outcome.CORRECT: NoteKind.CORRECTION, Outcome.STATEMENT: NoteKind.STATEMENT}


@transaction.atomic
def send_answer(
    request: PrivacyRequest,
    *,
    letter: str,
    on: date,
    by: User,
    opened: Opened,
    seen: str,
    now: datetime | None = None,
) -> PrivacyRequest:
    """The letter went to the asker on a day: it is sealed, and the decisions take effect.

    `seen` is the digest of the weighings that the letter was made of. Raises Refused while no
    second person agrees with exactly these.
    """
    held = held_open(request)
    lock(dossiers_of(held))  # in one order, and nothing comes into them meanwhile
    at, letter = now or timezone.now(), trimmed(letter)
    state = state_of(held)
    if state.stage is not Stage.LETTER or state.contents != seen:
        raise Refused(
            gettext("Een tweede persoon is het hier nog niet mee eens. Er is iets veranderd.")
        )
    assert state.look is not None
    if not letter:
        raise Refused(gettext("Schrijf eerst de brief."))
    if len(letter) > LONGEST_LETTER:
        raise Refused(gettext("Deze brief is te lang."))
    if not timezone.localdate(state.look.at) <= on <= timezone.localdate(at):
        raise Refused(gettext("Kies een dag sinds het akkoord, tot en met vandaag."))
    held.sent_on, held.sent_by = on, by
    held.save(update_fields=["sent_on", "sent_by"])
    seal_words(held.record, Purpose.DOSSIER, {LETTER: letter}, by=by, opened=opened, now=at)
    for document, weighing in state.decided:
        _do(held, document.dossier, weighing, on=on, by=by, opened=opened, at=at)
    _have_erased(state, on=on, by=by, opened=opened, at=at)
    write_line(held, action="send_answer", by=by, detail=_counts(state))
    return held


def _do(
    request: PrivacyRequest,
    dossier: Dossier,
    weighing: Weighing,
    *,
    on: date,
    by: User,
    opened: Opened,
    at: datetime,
) -> None:
    outcome = Outcome(weighing.outcome)
    if outcome in NOTE_OF:
        said = words_of(weighing, opened=opened)["statement"]
        words = f"{request.reference}\n\n{said}"
        add_note(dossier, kind=NOTE_OF[outcome], words=words, by=by, opened=opened, now=at)
    if outcome is Outcome.RESTRICT:
        begin_restriction(request, dossier, ground=weighing.ground, since=on, by=by, at=at)


def _have_erased(state: State, *, on: date, by: User, opened: Opened, at: datetime) -> None:
    """Nothing is erased here. A task in each dossier says what is to be, for two people."""
    erased = defaultdict[Dossier, list[str]](list)
    for document, weighing in state.decided:
        if weighing.outcome == Outcome.ERASE:
            line = f"- {document.kind}, {document.reference}, {in_words(document.on)}"
            erased[document.dossier].append(line)
    for dossier, lines in erased.items():
        first = TO_ERASE.format(reference=state.request.reference, many=len(lines))
        words = "\n".join([first, *lines])
        if len(words) > LONGEST_TASK:
            words = first
        add_task(
            dossier, kind=TaskKind.OTHER, due_on=last_day(on), words=words, by=by, opened=opened,
            now=at,
        )  # fmt: skip


def _counts(state: State) -> dict[str, object]:
    outcomes = [Outcome(weighing.outcome).name.lower() for _, weighing in state.decided]
    late = state.request.sent_on is not None and state.request.sent_on > state.request.due_on
    return {"decided": {name: outcomes.count(name) for name in sorted(set(outcomes))}, "late": late}
