"""Put right what was written down wrongly of a request: who asks what, since when, or that it was
taken back. Each line of the log says what it was and what it became; words are sealed anew.
"""

from dataclasses import astuple, dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, seal_words
from vertrouwd.privacy_requests.actions import ASKED, CONTACT, LONGEST_WORDS, NAME
from vertrouwd.privacy_requests.clock import last_day
from vertrouwd.privacy_requests.held import held, held_open, write_line
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.terms import Asker, RequestKind
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose


@dataclass(frozen=True)
class WrittenDown:
    """Who asks what, since when, as it stands now."""

    kind: str
    asker: str
    received_on: date
    name: str
    contact: str
    words: str

    @property
    def digest(self) -> str:
        """Of all of it: what a form showed."""
        said = (str(value) for value in astuple(self))
        return sha256("\0".join(said).encode()).hexdigest()[:32]


def written_down(request: PrivacyRequest, *, opened: Opened) -> WrittenDown:
    """It, opened; empty where nothing was written."""
    purposes = (Purpose.IDENTITY, Purpose.DOSSIER)
    there = open_many([request.record], purposes=purposes, opener=opened)[request.record]
    name, contact, words = (there.words(field) or "" for field in (NAME, CONTACT, ASKED))
    return WrittenDown(request.kind, request.asker, request.received_on, name, contact, words)


@transaction.atomic
def correct_request(
    request: PrivacyRequest,
    *,
    kind: str,
    asker: str,
    received_on: date,
    by: User,
    opened: Opened,
    seen: str,
    name: str = "",
    contact: str = "",
    words: str = "",
    now: datetime | None = None,
) -> PrivacyRequest:
    """It was somebody else who asked, something else, or on another day; the term follows.

    When somebody else asks, or by another name, it is checked again who. `seen` is the digest of
    what the form showed. Raises Refused when a colleague changed it meanwhile, for another question
    once something was decided, and for a day that does not fit with what was done since.
    """
    at, found = now or timezone.now(), held_open(request)
    if kind not in list(RequestKind) or asker not in list(Asker):
        raise Refused(gettext("Kies wat er wordt gevraagd, en door wie."))
    was = written_down(found, opened=opened)
    if seen != was.digest:
        raise Refused(gettext("Een collega veranderde dit intussen. Open deze bladzijde opnieuw."))
    if kind != found.kind and (found.eyes.exists() or found.restrictions.exists()):
        raise Refused(
            gettext("Er is al iets besloten. Wat er wordt gevraagd kan niet meer anders.")
        )
    _check_day(found, received_on, today=timezone.localdate(at))
    before = _facts(found)
    if (asker, fitting(name, longest=LONGEST_WORDS)) != (was.asker, was.name):
        found.identity, found.authority_seen = "", False
        found.identity_on = found.identity_at = found.identity_by = None
    found.kind, found.asker, found.received_on = kind, asker, received_on
    found.due_on = last_day(received_on, extended=found.extended_on is not None)
    found.save()
    who = {NAME: (was.name, name), CONTACT: (was.contact, contact)}
    what = {ASKED: (was.words, words)}
    _seal_anew(found, Purpose.IDENTITY, who, by=by, opened=opened, at=at)
    _seal_anew(found, Purpose.DOSSIER, what, by=by, opened=opened, at=at)
    detail = {"before": before, "after": _facts(found)}
    write_line(found, action="correct_request", by=by, detail=detail)
    return found


@transaction.atomic
def take_back_withdrawal(request: PrivacyRequest, *, by: User) -> PrivacyRequest:
    """The asker did not take it back: it goes on where it was, and so does the term."""
    found = held(request)
    if found.withdrawn_on is None:
        raise Refused(gettext("Dit verzoek is niet ingetrokken."))
    found.withdrawn_on = found.withdrawn_by = None
    found.save(update_fields=["withdrawn_on", "withdrawn_by"])
    write_line(found, action="take_back_withdrawal", by=by)
    return found


def _check_day(request: PrivacyRequest, received_on: date, *, today: date) -> None:
    if received_on > today:
        raise Refused(gettext("Deze dag is nog niet geweest."))
    if received_on > timezone.localdate(request.recorded_at):
        raise Refused(gettext("Toen stond dit verzoek hier al. Kies een eerdere dag."))
    done = [day for day in (request.identity_on, request.extended_on) if day is not None]
    if any(day < received_on for day in done):
        raise Refused(gettext("Toen was al nagegaan wie vraagt, of was het al verlengd."))
    if request.extended_on is not None and request.extended_on > last_day(received_on):
        raise Refused(gettext("Dan was de eerste maand al voorbij toen het werd verlengd."))


def _facts(request: PrivacyRequest) -> dict[str, str]:
    return {
        "asked": RequestKind(request.kind).name.lower(),
        "asker": Asker(request.asker).name.lower(),
        "received": request.received_on.isoformat(),
        "due": request.due_on.isoformat(),
    }


def _seal_anew(
    request: PrivacyRequest,
    purpose: Purpose,
    texts: dict[str, tuple[str, str]],  # by field: what it was, what it becomes
    *,
    by: User,
    opened: Opened,
    at: datetime,
) -> None:
    """Those that differ, as a next revision."""
    fit = {field: fitting(text, longest=LONGEST_WORDS) for field, (_, text) in texts.items()}
    changed = {field: text for field, text in fit.items() if text != texts[field][0]}
    if changed:
        seal_words(request.record, purpose, changed, by=by, opened=opened, now=at)
