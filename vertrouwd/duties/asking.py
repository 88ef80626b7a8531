"""In which dossiers that are not closed a duty may ask something by a day.

That is where a duty is owed that no step ended, and where a refusal to file stands: also in what
was joined into it. `due` of their clocks says whether, and by when. Read without regard to who may
open them: the numbers are there to choose from what somebody may see, and for nothing else.
"""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.models import LedgerEvent
from vertrouwd.duties.ladder_days import OPENED, refused_and_emptied, standing_refusals
from vertrouwd.duties.norm_days import emptied_of, owed_and_not_done


def numbers_asking() -> set[int]:
    """Two queries. They begin with what is owed and refused: few dossiers have any of it."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for question, values in _questions():
            cursor.execute(question, values)
            found |= {number for (number,) in cursor.fetchall()}
    return found


@cache
def _questions() -> list[tuple[str, Any]]:
    """In the language of the database: the same each time, and putting them into it takes longer
    than the answer."""
    return [each.query.sql_with_params() for each in (_own(), _of_what_was_joined())]


def _own() -> QuerySet[Any]:
    owing = owed_and_not_done().exclude(assessment__dossier__status=Status.CLOSED).order_by()
    refusing = standing_refusals().exclude(dossier__status=Status.CLOSED)
    return owing.values_list("assessment__dossier").union(refusing.values_list("dossier"))


def _of_what_was_joined() -> QuerySet[Any]:
    emptied = emptied_of(owed_and_not_done()).union(refused_and_emptied())
    opened = LedgerEvent.objects.filter(OPENED, dossier__in=emptied).order_by()
    return opened.filter(report__isnull=False).values_list("report__dossier")
