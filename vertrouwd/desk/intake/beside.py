"""What stands beside the call while it is noted: conflict, duties, and dossiers of the school."""

from dataclasses import dataclass

from django.db.models import Count, Min
from django.http import QueryDict
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import LIST, look
from vertrouwd.desk.duties.shown import DutiesInWords, in_words
from vertrouwd.desk.intake.known import facts_of
from vertrouwd.desk.intake.schools import OUTSIDE, WITHHELD, institution_of, supervises
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.opinions import waiting_for
from vertrouwd.duties.assessment import assess
from vertrouwd.schools.models import Institution
from vertrouwd.sealing.opening import Opened

MOST = 12  # dossiers


@dataclass(frozen=True)
class Beside:
    """What follows from the answers so far."""

    institution: Institution | None
    has_none: bool  # the caller will not say, or it is not in the register
    has_conflict: bool  # who notes the call supervises the institution
    duties: DutiesInWords
    same: list[Dossier]  # at the same institution, the newest first
    is_locked: bool  # then the dossiers are not shown
    questions: int  # of colleagues who wait for an opinion of this person


def beside(data: QueryDict, *, by: User, opened: Opened | None) -> Beside:
    """Worked out anew for each question; nothing of it is kept."""
    institution = institution_of(data.get("institution", ""))
    return Beside(
        institution=institution,
        has_none=data.get("institution", "") in (OUTSIDE, WITHHELD),
        has_conflict=supervises(by, institution),
        duties=in_words(assess(facts_of(data, institution), timezone.localdate())),
        same=same_institution(institution, by=by) if opened else [],
        is_locked=opened is None,
        questions=waiting_for(by).count(),
    )


def same_institution(
    institution: Institution | None, *, by: User, besides: Dossier | None = None
) -> list[Dossier]:
    """The dossiers there that this person may open, the newest first: one look.

    Each has its `number` of reports and the day of the `first`: of old work that was brought in,
    the day of opening tells nothing.
    """
    if institution is None:
        return []
    rows = visible_dossiers(by).filter(institution=institution)
    rows = rows.exclude(pk=besides.pk) if besides else rows
    counted = rows.annotate(number=Count("reports"), first=Min("reports__received_on"))
    found: list[Dossier] = list(counted.filter(number__gt=0).order_by("-first", "-pk")[:MOST])
    look(by=by, kind="dossier", action=LIST, count=len(found))
    return found
