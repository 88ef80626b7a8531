"""The acts on a request before anything is weighed, and those that end or prolong it.

Each checks, changes and records, in one transaction, while it holds the request.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, seal_words
from vertrouwd.privacy_requests.access import may_register_without_dossier
from vertrouwd.privacy_requests.clock import clock, last_day
from vertrouwd.privacy_requests.four_eyes import take_part
from vertrouwd.privacy_requests.held import held_open, write_line
from vertrouwd.privacy_requests.models import PrivacyRequest, RequestedDossier
from vertrouwd.privacy_requests.terms import (
    Asker,
    ExtensionReason,
    IdentityCheck,
    Part,
    RequestKind,
)
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened, Opener
from vertrouwd.sealing.terms import Purpose

LONGEST_WORDS = 20_000  # characters
ASKED, NAME, CONTACT = "asked", "asker_name", "asker_contact"
REASON_OF_EXTENSION = "extension"


@transaction.atomic
def register_request(
    *,
    kind: str,
    asker: str,
    received_on: date,
    by: User,
    opened: Opener | None,
    dossier: Dossier | None = None,
    name: str = "",
    contact: str = "",
    words: str = "",
    after: int = 0,
    now: datetime | None = None,
) -> PrivacyRequest:
    """Somebody asks something about their data. Name, contact and words are sealed.

    Sending the same form twice makes one request, and two people who ask the same are two; `after`
    is the number of the last one that the form knew of. Raises Refused, also for who may not begin
    one without a dossier.
    """
    at, words = now or timezone.now(), fitting(words, longest=LONGEST_WORDS)
    if kind not in list(RequestKind) or asker not in list(Asker):
        raise Refused(gettext("Kies wat er wordt gevraagd, en door wie."))
    if received_on > timezone.localdate(at):
        raise Refused(gettext("Deze dag is nog niet geweest."))
    if dossier is None and not may_register_without_dossier(by, now=at):
        raise Refused(gettext("Noem het dossier waarover het gaat, of vraag uw coördinator."))
    User.objects.select_for_update().get(pk=by.pk)  # of two equal forms the second waits
    facts = {"kind": kind, "asker": asker, "received_on": received_on, "recorded_by": by}
    texts = {NAME: name.strip(), CONTACT: contact.strip(), ASKED: words}
    again = PrivacyRequest.objects.filter(**facts, pk__gt=after, withdrawn_on__isnull=True)
    for earlier in again:
        if _is_about(earlier, dossier) and _says(earlier, texts, opened=opened):
            return earlier
    made = PrivacyRequest.objects.create(**facts, due_on=last_day(received_on), recorded_at=at)
    if dossier is not None:
        RequestedDossier.objects.create(request=made, dossier=dossier, added_at=at, added_by=by)
    if who := {field: texts[field] for field in (NAME, CONTACT) if texts[field]}:
        seal_words(made.record, Purpose.IDENTITY, who, by=by, opened=opened, now=at)
    if words:
        seal_words(made.record, Purpose.DOSSIER, {ASKED: words}, by=by, opened=opened, now=at)
    detail = {
        "asked": RequestKind(kind).name.lower(),
        "asker": Asker(asker).name.lower(),
        "received": received_on.isoformat(),
        "due": made.due_on.isoformat(),
        "dossier": dossier.reference if dossier else None,
    }
    record(by=by, action="register_request", kind="request", object=made.reference, detail=detail)
    return made


@transaction.atomic
def check_identity(
    request: PrivacyRequest,
    *,
    how: str,
    on: date,
    by: User,
    authority_seen: bool = False,
    now: datetime | None = None,
) -> PrivacyRequest:
    """Record how it was checked who asks, and of who asks for another by what right.

    Whoever says that it cannot be established is the first of the four eyes. Raises Refused.
    """
    held = held_open(request)
    at = now or timezone.now()
    if how not in list(IdentityCheck):
        raise Refused(gettext("Kies hoe u naging wie vraagt."))
    if not held.received_on <= on <= timezone.localdate(at):
        raise Refused(gettext("Kies een dag sinds het verzoek kwam, tot en met vandaag."))
    established = how != IdentityCheck.NOT_ESTABLISHED
    if established and Asker(held.asker).is_for_another and not authority_seen:
        raise Refused(
            gettext("Deze persoon vraagt het voor een ander. Zie eerst de machtiging of het gezag.")
        )
    if not established:
        take_part(held, Part.WEIGHS, by=by, at=at)
    held.identity, held.identity_on, held.identity_by = how, on, by
    held.identity_at, held.authority_seen = at, authority_seen and established
    held.save(
        update_fields=["identity", "identity_on", "identity_at", "identity_by", "authority_seen"]
    )
    write_line(
        held, action="check_identity", by=by, detail={"how": IdentityCheck(how).name.lower()}
    )
    return held


@transaction.atomic
def add_dossier(
    request: PrivacyRequest, dossier: Dossier, *, by: User, now: datetime | None = None
) -> RequestedDossier:
    """The request is about this dossier too. Raises Refused when it is already.

    `dossier` came through its own door.
    """
    held = held_open(request)
    at = now or timezone.now()
    if not visible_dossiers(by, now=at).filter(pk=dossier.pk).exists():
        raise Refused(gettext("Dit dossier is er niet."))
    if held.about.filter(dossier=dossier, taken_out_at__isnull=True).exists():
        raise Refused(gettext("Dit dossier hoort al bij het verzoek."))
    held.nothing_found_at = held.nothing_found_by = None
    held.save(update_fields=["nothing_found_at", "nothing_found_by"])
    made = RequestedDossier.objects.create(request=held, dossier=dossier, added_at=at, added_by=by)
    write_line(held, action="add_to_request", by=by, detail={"dossier": dossier.reference})
    return made


@transaction.atomic
def take_out_dossier(
    request: PrivacyRequest, dossier: Dossier, *, by: User, now: datetime | None = None
) -> RequestedDossier:
    """The request is not about this dossier after all. Raises Refused when it was not."""
    held = held_open(request)
    row = held.about.filter(dossier=dossier, taken_out_at__isnull=True).first()
    if row is None:
        raise Refused(gettext("Dit dossier hoort niet bij het verzoek."))
    row.taken_out_at, row.taken_out_by = now or timezone.now(), by
    row.save(update_fields=["taken_out_at", "taken_out_by"])
    write_line(held, action="take_out_of_request", by=by, detail={"dossier": dossier.reference})
    return row


@transaction.atomic
def find_nothing(
    request: PrivacyRequest, *, by: User, now: datetime | None = None
) -> PrivacyRequest:
    """It was searched, and no dossier is about the asker. A second person looks after it."""
    held = held_open(request)
    if held.about.filter(taken_out_at__isnull=True).exists():
        raise Refused(gettext("Er hoort een dossier bij dit verzoek."))
    at = now or timezone.now()
    take_part(held, Part.WEIGHS, by=by, at=at)
    held.nothing_found_at, held.nothing_found_by = at, by
    held.save(update_fields=["nothing_found_at", "nothing_found_by"])
    write_line(held, action="find_nothing", by=by)
    return held


@transaction.atomic
def extend_request(
    request: PrivacyRequest,
    *,
    reason: str,
    told_on: date,
    by: User,
    opened: Opened,
    words: str = "",
    now: datetime | None = None,
) -> PrivacyRequest:
    """The asker was told, within the first month, that it takes two months more, and why.

    Raises Refused once that month is over, and the second time.
    """
    held = held_open(request)
    at, words = now or timezone.now(), fitting(words, longest=LONGEST_WORDS)
    today = timezone.localdate(at)
    if reason not in list(ExtensionReason):
        raise Refused(gettext("Kies waarom het langer duurt."))
    if held.extended_on is not None:
        raise Refused(gettext("Dit verzoek is al een keer verlengd. Vaker mag niet."))
    found = clock(held.received_on, extended=False, today=today)
    if told_on > found.may_extend_until:
        raise Refused(gettext("De eerste maand is voorbij. Verlengen kan niet meer."))
    if not held.received_on <= told_on <= today:
        raise Refused(gettext("Kies een dag sinds het verzoek kwam, tot en met vandaag."))
    held.extended_on, held.extended_by, held.extension_reason = told_on, by, reason
    held.due_on = last_day(held.received_on, extended=True)
    held.save(update_fields=["extended_on", "extended_by", "extension_reason", "due_on"])
    if words:
        texts = {REASON_OF_EXTENSION: words}
        seal_words(held.record, Purpose.DOSSIER, texts, by=by, opened=opened, now=at)
    detail = {"reason": ExtensionReason(reason).name.lower(), "due": held.due_on.isoformat()}
    write_line(held, action="extend_request", by=by, detail=detail)
    return held


@transaction.atomic
def withdraw_request(
    request: PrivacyRequest, *, on: date, by: User, now: datetime | None = None
) -> PrivacyRequest:
    """The asker took the request back. Raises Refused."""
    held = held_open(request)
    if not held.received_on <= on <= timezone.localdate(now or timezone.now()):
        raise Refused(gettext("Kies een dag sinds het verzoek kwam, tot en met vandaag."))
    held.withdrawn_on, held.withdrawn_by = on, by
    held.save(update_fields=["withdrawn_on", "withdrawn_by"])
    write_line(held, action="withdraw_request", by=by)
    return held


def _is_about(request: PrivacyRequest, dossier: Dossier | None) -> bool:
    numbers = list(request.about.values_list("dossier", flat=True))
    return numbers == ([dossier.pk] if dossier else [])


def _says(request: PrivacyRequest, texts: Mapping[str, str], *, opened: Opener | None) -> bool:
    """Whether these words were sealed with it; who cannot open them takes it for the same."""
    if opened is None:
        return True
    purposes = (Purpose.IDENTITY, Purpose.DOSSIER)
    there = open_many([request.record], purposes=purposes, opener=opened)[request.record]
    return all((there.words(field) or "") == text for field, text in texts.items())
