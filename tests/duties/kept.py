"""What the tests of the duties of a dossier hold on to: a day, a moment, what is known."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.duties.fact_sheets import TEACHER_AND_PUPIL_OF_9
from vertrouwd.dossiers.models import Dossier
from vertrouwd.duties.clocks import clocks

NOW = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
MONDAY = date(2026, 11, 2)
KNOWN = replace(TEACHER_AND_PUPIL_OF_9, weighing=None)


def duties(dossier: Dossier) -> list[str]:
    """The duties that the dossier keeps."""
    return [owed.duty for owed in clocks(dossier).duties]
