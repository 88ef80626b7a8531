"""The grouping a file comes with: rows with the same `dossier` go into one dossier."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from vertrouwd.dossiers.membership import one_at_a_time
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report


class Groups:
    """The dossiers of one chunk of rows, stored earlier or about to be opened."""

    def __init__(self, names: Iterable[str]) -> None:
        # Held, so that nobody joins one of them elsewhere before our reports are in.
        wanted = set(names)
        if wanted and Dossier.objects.filter(external_group__in=wanted).exists():
            one_at_a_time()
        stored = Dossier.objects.select_for_update().filter(external_group__in=wanted)
        rows = list(stored.order_by("pk"))
        holding = set(
            Dossier.objects.filter(pk__in=[dossier.pk for dossier in rows])
            .filter(Exists(Report.objects.filter(dossier=OuterRef("pk"))))
            .values_list("pk", flat=True)
        )
        self.dossiers = {
            dossier.external_group or "": dossier if dossier.pk in holding else _followed(dossier)
            for dossier in rows
        }

    def find(self, name: str) -> Dossier | None:
        return self.dossiers.get(name)

    def open(self, name: str, dossier: Dossier) -> Dossier:
        """Remember a dossier that opens with this grouping."""
        dossier.external_group = name
        self.dossiers[name] = dossier
        return dossier


def accepts(dossier: Dossier, report: Report) -> bool:
    """Whether a report may go in: a dossier is about one institution, as far as it is known.

    A dossier whose first report named none takes that of the first report that does.
    """
    if report.institution_id is None or dossier.institution_id == report.institution_id:
        return True
    if dossier.institution_id is not None:
        return False
    dossier.institution_id = report.institution_id
    if dossier.pk is not None:
        dossier.save(update_fields=["institution"])
    return True


def _followed(dossier: Dossier) -> Dossier:
    """Where the reports of an emptied dossier are now: the one a person joined it into."""
    first = (
        LedgerEvent.objects.filter(dossier=dossier, report__isnull=False)
        .order_by("pk")
        .select_related("report__dossier")
        .first()
    )
    return first.report.dossier if first is not None and first.report is not None else dossier
