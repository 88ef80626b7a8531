"""What a join, or a separation, would change: shown before it is done. Changes nothing itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.counting import count_now, year_of_reports
from vertrouwd.dossiers.disagreements import Disagreement, coding_of, disagreement
from vertrouwd.dossiers.handlers import handlers_of
from vertrouwd.dossiers.joining import contents
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.schools.supervision import supervised_by
from vertrouwd.schools.years import Year


@dataclass(frozen=True)
class YearChange:
    """How many dossiers count in a year, now and then."""

    year: Year
    before: int
    after: int


@dataclass(frozen=True)
class Preview:
    """What would change. `gains`: who could open what they cannot open now; `loses`: who could no
    longer open what they handle, because of an institution they supervise."""

    moving: list[Report]
    staying: list[Report]
    years: list[YearChange]
    disagreement: Disagreement | None
    gains: list[User]
    loses: list[User]
    reopens: bool
    contents: str  # for the act: to see that nothing moved since


def of_join(source: Dossier, into: Dossier, *, now: datetime | None = None) -> Preview:
    """What joining `source` into `into` would change."""
    now = now or timezone.now()
    moving, staying = _reports(source), _reports(into)
    together = [*moving, *staying]
    here, there = _handlers(source, now), _handlers(into, now)
    everybody = list({person.pk: person for person in (*here, *there)}.values())
    of_all = {r.institution_id for r in together} | {into.institution_id}
    barred = [person for person in everybody if supervises_one_of(person, of_all, now)]
    allowed = [person for person in everybody if person not in barred]
    before = [(moving, source.sector), (staying, into.sector)]
    return Preview(
        moving=moving,
        staying=staying,
        years=year_changes(before, [(together, into.sector)]),
        disagreement=disagreement(into.pk, [coding_of(into), *map(coding_of, together)]),
        gains=[person for person in allowed if person not in here or person not in there],
        loses=barred,
        reopens=into.status == Status.CLOSED,
        contents=contents(source, into),
    )


def of_separation(report: Report, *, now: datetime | None = None) -> Preview:
    """What taking this report out of its dossier would change."""
    now = now or timezone.now()
    source = report.dossier
    together = _reports(source)
    staying = [each for each in together if each.pk != report.pk]
    after = [([report], report.sector), (staying, source.sector)]
    return Preview(
        moving=[report],
        staying=staying,
        years=year_changes([(together, source.sector)], after),
        disagreement=disagreement(source.pk, [coding_of(source), *map(coding_of, staying)]),
        gains=[],
        loses=[],
        reopens=False,
        contents=contents(source),
    )


def _reports(dossier: Dossier) -> list[Report]:
    return list(dossier.reports.select_related("institution").order_by("received_on", "pk"))


def _handlers(dossier: Dossier, now: datetime) -> list[User]:
    return [assignment.user for assignment in handlers_of(dossier, now=now)]


def supervises_one_of(person: User, institutions: set[int | None], now: datetime) -> bool:
    """Whether one of these, by their numbers, is theirs to supervise."""
    theirs = supervised_by(person, on=timezone.localdate(now))
    return theirs.filter(pk__in=[pk for pk in institutions if pk]).exists()


def year_changes(
    before: Iterable[tuple[list[Report], str]], after: Iterable[tuple[list[Report], str]]
) -> list[YearChange]:
    """The years whose count changes, and those of the case itself; a part without reports counts
    nowhere."""
    counted = [
        Counter(year_of_reports(reports, sector=sector) for reports, sector in parts if reports)
        for parts in (before, after)
    ]
    changes = []
    for year in sorted({*counted[0], *counted[1]}, key=lambda year: (year.is_childcare, year)):
        total = count_now(year)
        changes.append(YearChange(year, total, total - counted[0][year] + counted[1][year]))
    return changes
