"""The lists of requests and their clocks, and what the forms around one begin with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.desk.privacy_requests.wording import STAGES
from vertrouwd.dossiers.access import REFERENCE
from vertrouwd.privacy_requests.access import all_requests, visible_requests
from vertrouwd.privacy_requests.clock import Clock, clock, last_day
from vertrouwd.privacy_requests.letters import extension_letter
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.reading import states_of
from vertrouwd.privacy_requests.waiting import STILL_OPEN, open_requests


@dataclass(frozen=True)
class Row:
    """One request in a list; `stage` is empty where no content may be shown."""

    request: PrivacyRequest
    clock: Clock | None  # of one that is open
    stage: Any


def to_answer(by: User) -> QuerySet[PrivacyRequest]:
    """Those that wait, the first last day first."""
    return open_requests(by).order_by("due_on", "pk")


def ended(by: User) -> QuerySet[PrivacyRequest]:
    """Those that were answered or withdrawn, the newest first."""
    return visible_requests(by).exclude(STILL_OPEN).order_by("-pk")


def overseen(by: User) -> QuerySet[PrivacyRequest]:
    """All of them, those that wait first; by their last day."""
    ends = F("sent_on").asc(nulls_first=True), F("withdrawn_on").asc(nulls_first=True)
    return all_requests(by).order_by(*ends, "due_on", "pk")


def late(by: User) -> int:
    """How many wait longer than the law says."""
    return all_requests(by).filter(STILL_OPEN, due_on__lt=timezone.localdate()).count()


def rows_of(requests: Iterable[PrivacyRequest], *, with_stage: bool) -> list[Row]:
    """The requests of a list, read at once: a longer list asks no more of the database."""
    today, found = timezone.localdate(), list(requests)
    stages = [STAGES[each.stage] for each in states_of(found)] if with_stage else [""] * len(found)
    return [
        Row(each, clock_of(each, today=today), stage)
        for each, stage in zip(found, stages, strict=True)
    ]


def clock_of(request: PrivacyRequest, *, today: date) -> Clock | None:
    """How long there is; None once it is answered or withdrawn."""
    if not request.is_open:
        return None
    return clock(request.received_on, extended=request.extended_on is not None, today=today)


def begins_with(by: User, *, dossier: str) -> dict[str, Any]:
    """The number of the dossier one comes from, and the last request that this person made."""
    last = PrivacyRequest.objects.filter(recorded_by=by).order_by("pk").last()
    known = dossier if REFERENCE.fullmatch(dossier) else ""
    return {"after": last.pk if last else 0, "reference": known}


def to_extend(request: PrivacyRequest) -> dict[str, Any]:
    """How long the asker can be told of an extension, and a letter to do it with."""
    today, received_on = timezone.localdate(), request.received_on
    letter = extension_letter(
        reference=request.reference,
        received_on=received_on,
        made_on=today,
        due_on=last_day(received_on, extended=True),
    )
    return {"clock": clock(received_on, extended=False, today=today), "letter": letter}
