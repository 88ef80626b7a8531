"""Of which kinds a dossier has rows: most have none of most, and then nothing more is asked."""

from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Model

Kinds = Collection[type[Model]]


def kinds_with_rows(asked: Mapping[str, tuple[Kinds, Collection[int]]]) -> frozenset[type[Model]]:
    """Those with a row that has one of the numbers in the column; one query.

    `asked`: the column, with the kinds that have it, and the numbers.
    """
    name = connection.ops.quote_name
    kinds: list[type[Model]] = []
    questions: list[str] = []
    values: list[int] = []
    for column, (of_column, numbers) in asked.items():
        marks = ", ".join(["%s"] * len(numbers))
        for kind in of_column if numbers else ():
            table = name(kind._meta.db_table)
            # The names are those of our tables, the numbers are passed beside the question.
            where = f"FROM {table} WHERE {name(column)} IN ({marks})"
            kinds.append(kind)
            questions.append(f"EXISTS(SELECT 1 {where})")
            values.extend(numbers)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(questions)}", values)
        found = cursor.fetchone()
    return frozenset(kind for kind, is_there in zip(kinds, found, strict=True) if is_there)
