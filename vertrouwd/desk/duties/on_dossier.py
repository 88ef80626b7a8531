"""The duties on the page of a dossier: what is owed, and what is next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.panels import Panel
from vertrouwd.desk.case.rows import Rows
from vertrouwd.desk.duties.road import WORDS
from vertrouwd.desk.duties.shown import DutiesInWords, stored_in_words
from vertrouwd.duties.clocks import clocks_from
from vertrouwd.duties.due import Due
from vertrouwd.sealing.opening import Opened


@dataclass(frozen=True)
class OnDossier:
    """The duties on the page of the dossier itself."""

    reference: str
    duties: DutiesInWords
    is_stored: bool
    next: Due | None  # the first that is due
    words: str
    is_late: bool
    weighing: str


def on_dossier(rows: Rows, *, by: User, opened: Opened, now: datetime) -> OnDossier:
    """For the panel: one question to the database."""
    dossier = rows.dossier
    found = clocks_from(
        dossier.pk, rows.clock_parts, assessments=rows.assessments, steps=rows.steps
    )
    first = next(iter(found.due), None)
    return OnDossier(
        reference=dossier.reference,
        duties=stored_in_words(found, of=dossier.pk),
        is_stored=found.own is not None,
        next=first,
        words=str(WORDS[first.step]) if first else "",
        is_late=first is not None and first.is_late(timezone.localdate(now)),
        weighing=gettext(found.weighing.value) if found.weighing else "",
    )


PANEL = Panel("plichten", gettext_lazy("Plichten"), "desk/duties/_on_dossier.html", on_dossier)
