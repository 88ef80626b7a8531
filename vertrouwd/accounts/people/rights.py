"""The quarterly look at special rights (BIO2): a second person confirms or ends each."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import RoleGrant, User
from vertrouwd.accounts.people.actions import NotPossible, end_role
from vertrouwd.accounts.people.rights_models import RightsReview
from vertrouwd.accounts.policy import SPECIAL
from vertrouwd.accounts.terms import RightsDecision, Role
from vertrouwd.audit.record import record


def quarter_of(day: date) -> str:
    """The quarter of a day, as 2026-K4."""
    return f"{day.year}-K{(day.month + 2) // 3}"


def special_rights(quarter: str) -> QuerySet[RoleGrant]:
    """The special rights that people have now.

    Each with `decision`, of this quarter, and `last_review`, the time of the last one, or None.
    """
    reviews = RightsReview.objects.filter(grant=OuterRef("pk"))
    return (
        RoleGrant.objects.filter(ended_at__isnull=True, role__in=SPECIAL)
        .select_related("user", "granted_by")
        .annotate(
            decision=Subquery(reviews.filter(quarter=quarter).values("decision")[:1]),
            last_review=Subquery(reviews.order_by("-decided_at").values("decided_at")[:1]),
        )
        .order_by("role", "user__username")
    )


def to_decide(quarter: str) -> QuerySet[RoleGrant]:
    """The special rights nobody decided on this quarter; none left: the quarter is done."""
    return special_rights(quarter).exclude(reviews__quarter=quarter)


@transaction.atomic
def decide_on_right(
    number: int, *, decision: RightsDecision, by: User, now: datetime | None = None
) -> RightsReview:
    """Confirm a special right for this quarter, or end it.

    Raises NotPossible when it is one's own, is not there any more, was decided on this quarter, or
    is that of the last administrator.
    """
    now = now or timezone.now()
    quarter = quarter_of(timezone.localdate(now))
    held = RoleGrant.objects.select_for_update().filter(pk=number, role__in=SPECIAL)
    grant = held.filter(ended_at__isnull=True).first()
    if grant is None:
        raise NotPossible(gettext("Dit recht is er niet meer."))
    if grant.user_id == by.pk:
        raise NotPossible(gettext("Over uw eigen recht beslist een collega."))
    try:
        with transaction.atomic():
            review = RightsReview.objects.create(
                grant=grant, quarter=quarter, decision=decision, decided_at=now, decided_by=by
            )
    except IntegrityError:
        raise NotPossible(gettext("Over dit recht is dit kwartaal al beslist.")) from None
    if decision == RightsDecision.END:
        end_role(user=grant.user, role=Role(grant.role), by=by, now=now)
    record(
        by=by,
        action="review_right",
        kind="right",
        object=str(grant.pk),
        detail={**_numbers_of(quarter), "decision": RightsDecision(decision).name.lower()},
    )
    return review


def _numbers_of(quarter: str) -> dict[str, int]:
    year, number = quarter.split("-K")
    return {"year": int(year), "quarter": int(number)}
