"""In which dossiers that are not closed a duty may ask something by a day.

That is where a duty is owed that no step ended, and where a refusal to file stands: also in what
was joined into it. `due` of their clocks says whether, and by when. Read without regard to who may
open them: the numbers are there to choose from what somebody may see, and for nothing else.
"""

from functools import cache
from typing import Any

from django.db import connection

from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.models import LedgerEvent
from vertrouwd.duties.ladder_days import OPENED, refused_and_emptied, standing_refusals
from vertrouwd.duties.norm_days import emptied_of, owed_and_not_done


def numbers_asking() -> set[int]:
    """One query. It begins with what is owed and refused: few dossiers have any of it."""
    question, values = _question()
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return {number for (number,) in cursor.fetchall()}


@cache
def _question() -> tuple[str, Any]:
    """In the language of the database: the same each time, and putting it into that takes longer
    than the answer."""
    owing = owed_and_not_done().exclude(assessment__dossier__status=Status.CLOSED).order_by()
    refusing = standing_refusals().exclude(dossier__status=Status.CLOSED)
    emptied = emptied_of(owed_and_not_done()).union(refused_and_emptied())
    opened = LedgerEvent.objects.filter(OPENED, dossier__in=emptied).order_by()
    joined = opened.filter(report__isnull=False).values_list("report__dossier")
    own = owing.values_list("assessment__dossier")
    found: tuple[str, Any] = own.union(
        refusing.values_list("dossier"), joined
    ).query.sql_with_params()
    return found
