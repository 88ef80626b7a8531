"""A dossier that is left alone (AVG 18), and who hears of a correction or restriction (AVG 19)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, readable_words, seal_words
from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.clocks import parts_of_each
from vertrouwd.privacy_requests.grounds import grounds_for
from vertrouwd.privacy_requests.held import held, held_open, write_line
from vertrouwd.privacy_requests.models import PrivacyRequest, Restriction, ToldReceiver
from vertrouwd.privacy_requests.terms import Outcome, Receiver, RequestKind, Telling
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

CAN_RESTRICT = frozenset({RequestKind.RESTRICTION, RequestKind.CORRECTION})  # before the decision
LONGEST_WORDS = 5_000  # characters


def restricted_among(dossiers: Iterable[int]) -> set[int]:
    """Of these dossiers (numbers) those that are left alone, also by what was joined into them; two
    queries, however many there are."""
    held = set(Restriction.objects.filter(lifted_at__isnull=True).values_list("dossier", flat=True))
    if not held:
        return set()
    return {number for number, parts in parts_of_each(dossiers).items() if parts & held}


@transaction.atomic
def restrict_for_now(
    request: PrivacyRequest,
    dossier: Dossier,
    *,
    ground: str,
    by: User,
    now: datetime | None = None,
) -> Restriction:
    """Leave a dossier alone at once, until the request is decided: it harms nobody.

    Also for a request to correct: while the accuracy is looked into (AVG 18(1)(a)). Raises Refused.
    """
    found = held_open(request)
    at = now or timezone.now()
    if found.kind not in CAN_RESTRICT:
        raise Refused(gettext("Dit verzoek vraagt niet om beperking of rectificatie."))
    if not found.about.filter(dossier=dossier, taken_out_at__isnull=True).exists():
        raise Refused(gettext("Dit dossier hoort niet bij het verzoek."))
    category = Category(dossier.category)
    possible = grounds_for(RequestKind.RESTRICTION, Outcome.RESTRICT, category)
    if ground not in {each.code for each in possible}:
        raise Refused(gettext("Kies een grond die bij dit besluit hoort."))
    return begin_restriction(
        found, dossier, ground=ground, since=timezone.localdate(at), by=by, at=at
    )


def begin_restriction(
    request: PrivacyRequest, dossier: Dossier, *, ground: str, since: date, by: User, at: datetime
) -> Restriction:
    """The mark on the dossier, once. Needs an open transaction, in which the request is held."""
    there = request.restrictions.filter(dossier=dossier, lifted_at__isnull=True).first()
    if there is not None:
        return there
    made = Restriction.objects.create(
        request=request, dossier=dossier, since=since, ground=ground, at=at, by=by
    )
    record(
        by=by, action="restrict_dossier", kind="dossier", object=dossier.reference,
        detail={"request": request.reference, "ground": ground},
    )  # fmt: skip
    return made


@transaction.atomic
def lift_restriction(
    restriction: Restriction, *, asker_told_on: date, by: User, now: datetime | None = None
) -> Restriction:
    """The dossier may be used again; the asker was told before (AVG 18(3)). Raises Refused."""
    held(restriction.request)
    found = Restriction.objects.select_related("dossier", "request").get(pk=restriction.pk)
    at = now or timezone.now()
    if found.lifted_at is not None:
        raise Refused(gettext("Deze beperking is al opgeheven."))
    if not found.since <= asker_told_on <= timezone.localdate(at):
        raise Refused(
            gettext("Vertel het eerst aan de vrager. Kies de dag waarop u dat hebt gedaan.")
        )
    found.lifted_at, found.lifted_by, found.asker_told_on = at, by, asker_told_on
    found.save(update_fields=["lifted_at", "lifted_by", "asker_told_on"])
    record(
        by=by, action="lift_restriction", kind="dossier", object=found.dossier.reference,
        detail={"request": found.request.reference, "told": asker_told_on.isoformat()},
    )  # fmt: skip
    return found


@transaction.atomic
def tell_receiver(
    request: PrivacyRequest,
    *,
    receiver: str,
    telling: str,
    on: date,
    by: User,
    opened: Opened,
    words: str = "",
    after: int = 0,
    now: datetime | None = None,
) -> ToldReceiver:
    """Somebody to whom the data went heard of it, or could not; the words are sealed.

    Sending the same form twice makes one row. Raises Refused before the request is answered.
    """
    found = held(request)
    at, words = now or timezone.now(), fitting(words, longest=LONGEST_WORDS)
    check_receivers_hear_of(found)
    if receiver not in list(Receiver) or telling not in list(Telling):
        raise Refused(gettext("Kies wie het is, en of het is verteld."))
    if telling == Telling.NOT_POSSIBLE and not words:
        raise Refused(gettext("Leg uit waarom het niet kan."))
    if on > timezone.localdate(at):
        raise Refused(gettext("Deze dag is nog niet geweest."))
    facts = {"receiver": receiver, "telling": telling, "on": on, "by": by}
    for earlier in found.told.filter(**facts, pk__gt=after):
        if readable_words(found.record, Purpose.DOSSIER, earlier.field, opened=opened) == words:
            return earlier
    made = ToldReceiver.objects.create(request=found, at=at, **facts)
    if words:
        texts = {made.field: words}
        seal_words(found.record, Purpose.DOSSIER, texts, by=by, opened=opened, now=at)
    detail = {
        "receiver": Receiver(receiver).name.lower(), "told": telling == Telling.TOLD,
    }  # fmt: skip
    write_line(found, action="tell_receiver", by=by, detail=detail)
    return made


def check_receivers_hear_of(request: PrivacyRequest) -> None:
    """Raises Refused when nothing is decided of which a receiver must hear (AVG 19)."""
    if request.sent_on is None or request.kind == RequestKind.ACCESS:
        raise Refused(
            gettext("Dit hoort bij een verbetering, wissing of beperking die is besloten.")
        )
