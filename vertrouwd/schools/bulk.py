"""Change stored records in few statements, and only where they differ."""

from typing import Any, TypeVar

from django.db import models

BATCH = 1_000  # rows of one statement

Record = TypeVar("Record", bound=models.Model)


def set_values(thing: models.Model, values: dict[str, Any]) -> bool:
    """Set the values that differ; True when one did."""
    different = False
    for name, value in values.items():
        # Compare keys, so that a foreign key is not fetched.
        attribute = name if not isinstance(value, models.Model) else f"{name}_id"
        wanted = value.pk if isinstance(value, models.Model) else value
        if getattr(thing, attribute) != wanted:
            setattr(thing, attribute, wanted)
            different = True
    return different


def insert_or_update(model: type[Record], things: list[Record], *, key: str = "code") -> None:
    """Insert, or update what has that key: one statement a batch, unlike bulk_update."""
    names = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    copies = [
        model(**{f.attname: getattr(x, f.attname) for f in model._meta.concrete_fields[1:]})
        for x in things
    ]
    model._default_manager.bulk_create(
        copies,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[name for name in names if name != key],
    )
