"""How many dossiers there are, in a year and as of any moment (domain rules C1, C3, C4, C13).

«As of» means recorded time: what the ledger held at that moment, not what had happened by then.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q

from vertrouwd.dossiers import ledger
from vertrouwd.dossiers.correcting import received_before
from vertrouwd.dossiers.membership import as_event
from vertrouwd.dossiers.models import Coding, Dossier, LedgerEvent, Report
from vertrouwd.schools.terms import Sector
from vertrouwd.schools.years import Year, year_of


def are_mixed() -> bool:
    """Whether real reports and invented ones stand beside each other."""
    return all(Report.objects.filter(is_invented=answer).exists() for answer in (True, False))


def dossiers_as_of(moment: datetime | None = None) -> dict[int, list[int]]:
    """Dossier -> its reports (primary keys, sorted), by the fold over the events up to a moment.

    Dossiers that hold no report do not appear. None: all events there are.
    """
    events = (
        LedgerEvent.objects.all() if moment is None else LedgerEvent.objects.filter(at__lte=moment)
    )
    holds: dict[int, list[int]] = defaultdict(list)
    for report, dossier in ledger.membership(map(as_event, events.iterator())).items():
        holds[dossier].append(report)
    return {dossier: sorted(holds[dossier]) for dossier in sorted(holds)}


def dossier_years(as_of: datetime | None = None) -> dict[int, Year]:
    """Dossier -> the year it counts in: that of its first report, whenever others came.

    Education counts by school year, childcare by calendar year, as the dossier was coded then.
    """
    received = dict(Report.objects.values_list("pk", "received_on"))
    if as_of is not None:
        received |= received_before(as_of)
    first: dict[int, date] = {
        dossier: min(received[report] for report in reports)
        for dossier, reports in dossiers_as_of(as_of).items()
    }
    sectors = _sectors(as_of)
    return {
        dossier: year_of(day, childcare=sectors[dossier] == Sector.CHILDCARE)
        for dossier, day in first.items()
    }


def count(year: Year, *, as_of: datetime | None = None) -> int:
    """The number of dossiers that count in a year."""
    return Counter(dossier_years(as_of).values())[year]


def count_now(year: Year) -> int:
    """As `count` as of now, read from the stored table, which is what the fold gives."""
    reports = Report.objects.filter(dossier=OuterRef("pk"))
    within = reports.filter(received_on__range=(year.first_day, year.last_day))
    earlier = reports.filter(received_on__lt=year.first_day)
    of_sector = Q(sector=Sector.CHILDCARE)
    in_sector = Dossier.objects.filter(of_sector if year.is_childcare else ~of_sector)
    return in_sector.filter(Exists(within)).exclude(Exists(earlier)).count()


def year_of_reports(reports: Iterable[Report], *, sector: str) -> Year:
    """The year in which a dossier of that sector counts with these reports."""
    first = min(report.received_on for report in reports)
    return year_of(first, childcare=sector == Sector.CHILDCARE)


def latest_event() -> int:
    """The number of the newest event of the ledger, 0 when there is none: what a count is as of."""
    return LedgerEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def _sectors(as_of: datetime | None) -> dict[int, str]:
    """The sector each dossier was coded with at a moment."""
    sectors = dict(Dossier.objects.values_list("pk", "sector"))
    if as_of is not None:
        # The first decision after the moment says what the coding was before it.
        later = Coding.objects.filter(at__gt=as_of).order_by("-at", "-pk")
        sectors |= dict(later.values_list("dossier", "sector_before"))
    return sectors
