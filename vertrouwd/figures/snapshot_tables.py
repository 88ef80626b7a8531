"""The two tables of a snapshot as Parquet: the same rows give the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vertrouwd.figures.coded import CodedRow

if TYPE_CHECKING:
    import pyarrow as pa

LISTS = ("accused_roles", "affected_roles", "places")
CODED = tuple(field.name for field in fields(CodedRow))
Rows = Sequence[tuple[Any, ...]]


def write_dossiers(path: Path, rows: Rows) -> None:
    """Rows of (coded columns, n_reports, institution_reported_before, institution)."""
    import pyarrow as pa

    further = [
        pa.field("n_reports", pa.int32(), nullable=False),
        pa.field("institution_reported_before", pa.bool_(), nullable=False),
        pa.field("institution", pa.int32()),
    ]
    _write(path, rows, _coded_schema() + further)


def write_reports(path: Path, rows: Rows) -> None:
    """Rows of (coded columns, channel, reporter role)."""
    import pyarrow as pa

    text = [pa.field(name, pa.string(), nullable=False) for name in ("channel", "reporter_role")]
    _write(path, rows, _coded_schema() + text)


def digest_of_rows(rows: Rows) -> str:
    """sha256 of the rows themselves, whatever file they are written to."""
    digest = sha256()
    for row in rows:
        digest.update(json.dumps(row, ensure_ascii=False).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _coded_schema() -> "list[pa.Field]":
    import pyarrow as pa

    return [
        pa.field(name, pa.list_(pa.string()) if name in LISTS else pa.string(), nullable=False)
        for name in CODED
    ]


def _write(path: Path, rows: Rows, schema: "list[pa.Field]") -> None:
    """Fixed settings, no time, no machine: the bytes follow from the rows alone."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    table = pa.table(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)],
        schema=pa.schema(schema),
    )
    pq.write_table(
        table,
        path,
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
        row_group_size=100_000,
        store_schema=False,
    )
