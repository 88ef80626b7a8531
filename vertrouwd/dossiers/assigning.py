"""The acts that decide who needs to know a dossier: assigning, breaking the glass."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import record
from vertrouwd.dossiers.access import (
    dossier_behind_glass,
    dossier_to_divide,
    has_conflict,
    one_glass_to_review,
    visible_dossiers,
)
from vertrouwd.dossiers.following import begun, ended
from vertrouwd.dossiers.models import Assignment, Dossier, GlassBreak
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import seal_words
from vertrouwd.dossiers.terms import GlassGround, Judgement
from vertrouwd.dossiers.whereabouts import merged_into
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Opened, Opener
from vertrouwd.sealing.terms import Purpose

GLASS_STAYS_OPEN = timedelta(hours=3)


class OpenAlready(Refused):
    """There is no glass between this person and the dossier."""


@transaction.atomic
def assign(reference: str, *, to: User, by: User, now: datetime | None = None) -> Assignment:
    """From now on `to` handles the dossier, with what was emptied into it.

    Raises Refused when `to` handles no cases, has a conflict of interest or has it already;
    Http404 when the dossier does not exist for `by`.
    """
    dossier = dossier_to_divide(reference, by=by, now=now)
    _hold(dossier)
    now = now or timezone.now()
    if not to.may(Permission.HANDLE_CASES):
        raise Refused(gettext("Deze collega behandelt geen dossiers."))
    if has_conflict(to, dossier, now=now):
        raise Refused(gettext("Deze collega heeft een belang bij de instelling."))
    made = begun(dossier, to, by=by, at=now)
    if made is None:
        raise Refused(gettext("Deze collega behandelt dit dossier al."))
    for part in merged_into(dossier):
        begun(part, to, by=by, at=now)
    return made


@transaction.atomic
def end_assignment(
    reference: str, *, of: User, by: User, now: datetime | None = None
) -> Assignment:
    """From now on that person no longer handles the dossier, nor what was emptied into it.

    Raises Refused when they do not handle it; Http404 when it does not exist for `by`.
    """
    now = now or timezone.now()
    dossier = dossier_to_divide(reference, by=by, now=now)
    _hold(dossier)
    current = Assignment.objects.select_for_update(of=("self",)).select_related("dossier")
    held = current.filter(user=of, until__isnull=True)
    if (assignment := held.filter(dossier=dossier).first()) is None:
        raise Refused(gettext("Deze collega behandelt dit dossier niet."))
    for each in held.filter(dossier__in=merged_into(dossier)):
        ended(each, by=by, at=now)
    return ended(assignment, by=by, at=now)


@transaction.atomic
def break_glass(
    reference: str,
    *,
    ground: GlassGround,
    reason: str,
    by: User,
    opened: Opener | None = None,
    now: datetime | None = None,
) -> GlassBreak:
    """Open a dossier for three hours without being assigned; a second person judges it.

    The reason is sealed with the texts of the dossier. Raises Http404 when the dossier does not
    exist for this person; Refused when it is open to them already, when the reason is empty, when
    there is no team yet to seal it to, or when the texts of the dossier were destroyed.
    """
    dossier = dossier_behind_glass(reference, by=by, now=now)
    _hold(dossier)
    now = now or timezone.now()
    if visible_dossiers(by, now=now).filter(pk=dossier.pk).exists():
        raise OpenAlready(gettext("U kunt dit dossier al openen."))
    if not reason.strip():
        raise Refused(gettext("Schrijf op waarom u dit dossier nu moet openen."))
    broken = GlassBreak.objects.create(
        dossier=dossier, user=by, ground=ground, opened_at=now, ends_at=now + GLASS_STAYS_OPEN
    )
    texts = {reason_field(broken): reason}
    seal_words(dossier.record, Purpose.DOSSIER, texts, by=by, opened=opened, now=now)
    record(
        by=by,
        action="break_glass",
        kind="dossier",
        object=dossier.reference,
        detail={"glass": broken.pk, "ground": GlassGround(ground).name.lower()},
    )
    return broken


@transaction.atomic
def review_glass(
    number: int, *, judgement: Judgement, by: User, now: datetime | None = None
) -> GlassBreak:
    """What a second person thinks of it. Raises Http404 unless it waits for this person."""
    # Of two who judge at once, the second waits here, and then finds it judged.
    GlassBreak.objects.select_for_update().filter(pk=number).first()
    waiting = one_glass_to_review(number, by=by, now=now)
    broken = GlassBreak.objects.get(pk=waiting.pk)
    broken.reviewed_at, broken.reviewed_by = now or timezone.now(), by
    broken.judgement = judgement
    broken.save(update_fields=["reviewed_at", "reviewed_by", "judgement"])
    record(
        by=by,
        action="review_glass",
        kind="dossier",
        object=waiting.dossier.reference,
        detail={"glass": broken.pk, "judgement": Judgement(judgement).name.lower()},
    )
    return broken


def _hold(dossier: Dossier) -> None:
    """Of two who decide at once on who may open a dossier, the second waits here for the first."""
    Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)


def reason_field(broken: GlassBreak) -> str:
    """The field under which the reason is sealed with the texts of the dossier."""
    return f"glass-{broken.pk}"


def reason_of(broken: GlassBreak, *, opened: Opened) -> str:
    """Why the glass was broken, in words; empty when it was destroyed. Raises Unreadable."""
    rows = SealedText.objects.select_related("data_key__team_key").filter(
        data_key__record=broken.dossier.record,
        data_key__purpose=Purpose.DOSSIER,
        data_key__destroyed_at__isnull=True,
        field=reason_field(broken),
    )
    found = rows.order_by("-revision").first()
    return opened.text(found) if found else ""
