"""The only door to a dossier: who needs to know it, and for whom it does not exist.

Need-to-know is being assigned, being duty officer of the day, or having broken the glass. Whoever
supervises the institution finds nothing, by whichever way. Lists ask the same question as the
door. Missing and forbidden give the same answer, after the same questions to the database.

A dossier whose reports all went elsewhere is opened by who may open all of where they are now, and
by nobody else: it has become a part of that.
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import IsNull
from django.http import Http404
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import look, refuse
from vertrouwd.dossiers.handlers import handled_by
from vertrouwd.dossiers.models import (
    Dossier,
    DutyDay,
    GlassBreak,
    LedgerEvent,
    Report,
)
from vertrouwd.schools.supervision import supervised_by

WAYS = ("assigned", "duty", "glass")  # the first that holds is the one that is written down
LARGEST_NUMBER = 10**15
FEW = 300  # assignments
REFERENCE = re.compile(r"D-([0-9]{7,15})")  # the digits of other scripts are none
P = Permission


def is_there(found: QuerySet[Any]) -> Q:
    """Whether there is one of these, looked up for each row.

    Where EXISTS would say the same PostgreSQL reads the whole other table first, although a page
    needs fifty rows.
    """
    return Q(IsNull(Subquery(found.order_by().values("pk")[:1]), False))


_HOLDS_REPORTS = is_there(Report.objects.filter(dossier=OuterRef("pk")))
_PASSED = LedgerEvent.objects.filter(dossier=OuterRef("pk"), report__isnull=False)  # were put there


def access_dossier(reference: str, *, by: User, now: datetime | None = None) -> Dossier:
    """Return the dossier and record the look. Missing and forbidden give the same 404.

    `dossier.through` says by which way: assigned, duty or glass; moved for an emptied one.
    """
    seen = visible_dossiers(by, holding_reports=True, now=now)
    found = one_of(seen, reference) or one_of(_emptied_into(seen), reference)
    if found is None:
        raise refused_at_door(reference, by=by, action="look")
    look(by=by, kind="dossier", object=found.reference, detail={"through": found.through})  # type: ignore[attr-defined]
    return found


def access_or_follow(
    reference: str, *, by: User, now: datetime | None = None
) -> Dossier | list[Dossier]:
    """As `access_dossier`; of an emptied one the dossiers with its reports, those one may open.

    An old number leads there for whoever may open one of them, also who never could open the old
    one. What depends on the person is asked once, and of a dossier that holds reports nothing more.
    """
    seen = visible_dossiers(by, holding_reports=True, now=now)
    found = one_of(seen, reference)
    others = [] if found else list(holding_reports_of(reference, among=seen))
    if not (found or others):
        raise refused_at_door(reference, by=by, action="look")
    through = getattr(found, "through", "moved")
    look(by=by, kind="dossier", object=reference, detail={"through": through})
    return found or others


def holding_reports_of(reference: str, *, among: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Of an emptied dossier: those among these where its reports are now."""
    number = _number_of(reference)
    put_there = LedgerEvent.objects.filter(dossier=number, report__dossier=OuterRef("pk"))
    still_there = Report.objects.filter(dossier=number)
    return among.filter(Exists(put_there)).exclude(Exists(still_there)).order_by("pk")


def visible_dossiers(
    by: User,
    *,
    through: Collection[str] = WAYS,
    holding_reports: bool = False,
    with_way: bool = True,
    for_a_list: bool = False,
    now: datetime | None = None,
) -> QuerySet[Dossier]:
    """The dossiers this person may open now by one of these ways; `through` says by which.

    `holding_reports`: but for those whose reports all went elsewhere. Without `with_way` they do
    not say which way it was: where this is a question within another one. `for_a_list`: who has few
    is asked first which they are; a list of them is not sought among all dossiers.
    """
    if not by.may(P.HANDLE_CASES):
        return Dossier.objects.none()
    now = now or timezone.now()
    on_duty = is_on_duty(by, now=now)
    own = is_there(handled_by(by, now=now).filter(dossier=OuterRef("pk")))
    among, may_differ = Dossier.objects.all(), True
    if "assigned" not in through:
        among = among.exclude(own)
    if not (on_duty and "duty" in through):
        # Of broken glass there is mostly none: then the database is asked about one thing. It looks
        # for an assignment dossier by dossier, first of all: who has thousands wants fifty of them.
        broken = _behind_glass_broken(by, now) if "glass" in through and not on_duty else []
        held = Q(pk__in=broken) if broken else Q()
        if "assigned" in through:
            few = _few_assigned(by, now) if for_a_list else None
            held |= own if few is None else Q(pk__in=few)
        if not (held or with_way):
            return Dossier.objects.none()
        among, may_differ = among.filter(held) if held else among.none(), bool(broken)
    needed = _existing(among, by, holding_reports=holding_reports, now=now)
    if not with_way:
        return needed
    return needed.annotate(through=_way(own, on_duty) if may_differ else Value("assigned"))


def _way(own: Q, on_duty: bool) -> Case:
    """The first way that holds."""
    return Case(
        When(own, then=Value("assigned")),
        When(Value(on_duty), then=Value("duty")),
        default=Value("glass"),
        output_field=CharField(),
    )


def is_on_duty(person: User, *, now: datetime | None = None) -> bool:
    """Whether this person is duty officer today."""
    today = timezone.localdate(now or timezone.now())
    return person.once(
        f"on duty {today}", lambda: DutyDay.objects.filter(user=person, date=today).exists()
    )


def may_look_elsewhere(person: User, *, now: datetime) -> bool:
    """Whether this person may open dossiers that are not assigned to them: all of them on a day of
    duty, or one behind broken glass."""
    return is_on_duty(person, now=now) or bool(_behind_glass_broken(person, now))


def existing_for(
    by: User, *, holding_reports: bool = False, now: datetime | None = None
) -> QuerySet[Dossier]:
    """All dossiers but those at an institution this person supervises.

    Also a dossier with one report from such an institution is left out, and what was emptied into
    one. Nobody may show or count these without a further reason: it is what breaking the glass and
    dividing work start from.
    """
    return _existing(Dossier.objects.all(), by, holding_reports=holding_reports, now=now)


def _existing(
    among: QuerySet[Dossier], by: User, *, holding_reports: bool, now: datetime | None
) -> QuerySet[Dossier]:
    theirs = institutions_supervised(by, now)
    there = among.filter(_HOLDS_REPORTS) if holding_reports else among
    if not theirs:
        return there
    reports = Report.objects.filter(dossier=OuterRef("pk"), institution_id__in=theirs)
    closed = Q(institution_id__in=theirs) | Exists(reports)
    if holding_reports:
        return there.exclude(closed)
    passed = _PASSED.filter(report__dossier__in=Dossier.objects.filter(closed).values("pk"))
    return there.exclude(closed).exclude(~_HOLDS_REPORTS & Exists(passed))


def institutions_supervised(by: User, now: datetime | None) -> list[int]:
    """The numbers of the institutions this person supervises.

    Asked first: the few numbers are compared with an index, where a question within the question
    goes through all institutions twice.
    """
    on = timezone.localdate(now or timezone.now())
    return by.once(
        f"supervised {on}", lambda: list(supervised_by(by, on=on).values_list("pk", flat=True))
    )


def has_conflict(person: User, dossier: Dossier, *, now: datetime | None = None) -> bool:
    """Whether the dossier does not exist for this person."""
    return not existing_for(person, now=now).filter(pk=dossier.pk).exists()


def dossiers_to_divide(by: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """For who divides the work: which dossiers there are, to show date, sector and who handles."""
    if not by.may(P.DIVIDE_WORK):
        return Dossier.objects.none()
    return existing_for(by, holding_reports=True, now=now)


def dossier_to_divide(reference: str, *, by: User, now: datetime | None = None) -> Dossier:
    """A dossier to assign, never to read. Missing and forbidden give the same 404."""
    found = one_of(dossiers_to_divide(by, now=now), reference)
    if found is None:
        raise refused_at_door(reference, by=by, action="divide")
    return found


def dossier_behind_glass(reference: str, *, by: User, now: datetime | None = None) -> Dossier:
    """A dossier to break the glass of. Missing, supervised and emptied give the same 404."""
    there = existing_for(by, holding_reports=True, now=now)
    found = one_of(there, reference) if by.may(P.HANDLE_CASES) else None
    if found is None:
        raise refused_at_door(reference, by=by, action="break_glass")
    return found


def glass_to_review(by: User, *, now: datetime | None = None) -> QuerySet[GlassBreak]:
    """The broken glass that waits for a second person and that this person may judge."""
    if not by.may(P.REVIEW_ACCESS):
        return GlassBreak.objects.none()
    waiting = GlassBreak.objects.filter(reviewed_at__isnull=True).exclude(user=by)
    # Those few are looked up; not all dossiers that exist for this person.
    existing = existing_for(by, now=now).filter(pk__in=waiting.values("dossier"))
    return waiting.filter(dossier__in=existing.values("pk")).select_related("dossier", "user")


def one_glass_to_review(number: int, *, by: User, now: datetime | None = None) -> GlassBreak:
    """One of them. Missing, one's own, judged and forbidden give the same 404."""
    found = glass_to_review(by, now=now).filter(pk=number).first()
    if found is None:
        known = str(number) if number < LARGEST_NUMBER else ""  # an address may hold any digits
        refuse(by=by, action="review_glass", kind="glass", object=known)
        raise Http404
    return found


def _few_assigned(person: User, now: datetime) -> list[int] | None:
    """The numbers of the dossiers this person is assigned to; None when they are many."""
    numbers = handled_by(person, now=now).values_list("dossier", flat=True)
    found = person.once("few assigned", lambda: list(numbers[: FEW + 1]))
    return found if len(found) <= FEW else None


def _behind_glass_broken(person: User, now: datetime) -> list[int]:
    """The numbers of what this person may open for having broken the glass."""
    return person.once(
        "behind broken glass",
        lambda: list(_open_glass(now).filter(user=person).values_list("dossier", flat=True)),
    )


def _open_glass(now: datetime) -> QuerySet[GlassBreak]:
    return GlassBreak.objects.filter(opened_at__lte=now, ends_at__gt=now)


def _emptied_into(seen: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those of which every report that was there is in one of these dossiers now."""
    elsewhere = _PASSED.exclude(report__dossier__in=seen.order_by().values("pk"))
    emptied = Dossier.objects.filter(Exists(_PASSED)).exclude(_HOLDS_REPORTS | Exists(elsewhere))
    return emptied.annotate(through=Value("moved", output_field=CharField()))


def one_of(among: QuerySet[Dossier], reference: str) -> Dossier | None:
    """The one with this reference. What is no reference is asked for as well: the answer to it
    must not come sooner."""
    found = among.filter(pk=_number_of(reference)).select_related("institution").first()
    return found if found is not None and found.reference == reference else None


def _number_of(reference: str) -> int:
    match = REFERENCE.fullmatch(reference)
    return int(match[1]) if match else 0


def refused_at_door(reference: str, *, by: User, action: str) -> Http404:
    """Write it down, with the reference only when it has the form of one: it may be a name."""
    known_form = reference if REFERENCE.fullmatch(reference) else ""
    refuse(by=by, action=action, kind="dossier", object=known_form)
    return Http404()
