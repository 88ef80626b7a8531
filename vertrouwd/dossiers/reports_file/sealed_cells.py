"""Names and narratives of a file: sealed to the team while the rows are stored.

Without a team there is nobody to seal to: the cells are dropped and counted, and the same file
imported again after `create-team` still brings them in.
"""

from collections.abc import Iterable, Iterator, Sequence

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.reports_file.columns import Layout
from vertrouwd.dossiers.reports_file.summary import Summary
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.team import NoTeam, live_team
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import Texts, seal_many

# Column -> what it is sealed as. Identity can be destroyed without the narrative.
FIELDS: dict[str, tuple[Purpose, str]] = {
    "beklaagde_naam": (Purpose.IDENTITY, "accused_name"),
    "beklaagde_functie": (Purpose.IDENTITY, "accused_function"),
    "betrokkene_initialen": (Purpose.IDENTITY, "affected_initials"),
    "toelichting": (Purpose.THREAD, "narrative"),
}


def can_seal() -> bool:
    """Whether there is a team to seal to. Raises NotPinned when it is not the one we know."""
    try:
        live_team()
    except NoTeam:
        return False
    return True


def filled(cells: Sequence[str], layout: Layout) -> dict[str, str]:
    """Column -> text, for the sealed columns that say something in this row."""
    return {
        name: cells[place].strip()
        for name, place in layout.sealed.items()
        if place < len(cells) and cells[place].strip()
    }


def seal_rows(reports: Iterable[tuple[str, dict[str, str]]], *, by: User, summary: Summary) -> None:
    """Seal what rows say, given as (record of the report, column -> text), and count the cells."""
    rows = list(reports)
    if not rows:
        return
    seal_many(
        (
            (record, purpose, texts)
            for record, columns in rows
            for purpose, texts in _by_purpose(columns)
        ),
        by=by,
    )
    summary.sealed_cells += sum(len(columns) for _, columns in rows)


def without_texts(
    rows: Iterable[tuple[int, dict[str, str]]],
) -> Iterator[tuple[str, dict[str, str]]]:
    """Of stored reports, given as (key, column -> text): those of which nothing was ever sealed.

    A text that was sealed before stays as it is, and one that was destroyed stays destroyed.
    """
    wanted = {key: columns for key, columns in rows if columns}
    if not wanted:
        return
    records = dict(Report.objects.filter(pk__in=wanted).values_list("pk", "record"))
    sealed = set(
        DataKey.objects.filter(record__in=list(records.values())).values_list("record", flat=True)
    )
    for key, record in records.items():
        if record not in sealed:
            yield record, wanted[key]


def _by_purpose(columns: dict[str, str]) -> Iterator[tuple[Purpose, Texts]]:
    for purpose in (Purpose.IDENTITY, Purpose.THREAD):
        texts = {
            FIELDS[name][1]: text for name, text in columns.items() if FIELDS[name][0] is purpose
        }
        if texts:
            yield purpose, texts
