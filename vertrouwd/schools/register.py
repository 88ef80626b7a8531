"""Bring the register of institutions, locations and boards up to date with a file."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from vertrouwd.audit.record import Actor, record
from vertrouwd.schools.bulk import BATCH, insert_or_update, set_values
from vertrouwd.schools.models import Board, Institution, Location
from vertrouwd.schools.register_file import BadRow, RegisterFile, read_register
from vertrouwd.schools.register_row import Row, part_of
from vertrouwd.schools.terms import RegisterCode, RegisterPart

SHIPPED = Path(__file__).parent / "data" / "vestigingen_po_vo_so_2024-11.csv"
SHIPPED_ON = date(2024, 11, 22)
# A file that would close more than this share of its part of the register is more often an excerpt
# than the truth. House rule.
CLOSING_LIMIT = 0.20


class ManyClosings(ValueError):
    """The file lacks so much of the register that someone must say it is meant."""


@dataclass
class Change:
    """What an import did: per kind of record, how many were added, changed, unchanged ..."""

    file: str
    rows: int
    locations: Counter[str] = field(default_factory=Counter)
    institutions: Counter[str] = field(default_factory=Counter)
    boards: Counter[str] = field(default_factory=Counter)
    bad_rows: list[BadRow] = field(default_factory=list)

    WORDS = ("added", "changed", "unchanged", "closed", "reopened")

    def counts(self) -> dict[str, dict[str, int]]:
        return {
            name: {word: getattr(self, name)[word] for word in self.WORDS}
            for name in ("locations", "institutions", "boards")
        }


def limits() -> dict[str, int]:
    """The longest text per column of a register file, in characters."""
    found = {f.name: f.max_length for f in Location._meta.fields if isinstance(f, models.CharField)}
    board = {f.name: f.max_length for f in Board._meta.fields if isinstance(f, models.CharField)}
    found |= {"board": board["number"], "board_name": board["name"]}
    return {name: length for name, length in found.items() if length}


def ensure_loaded(*, by: Actor) -> bool:
    """Load the register that comes along when there is none yet; True when that was needed."""
    if Location.objects.filter(institution__is_invented=False).exists():
        return False
    update_register(read_register(SHIPPED, limits=limits()), by=by, on=SHIPPED_ON)
    return True


@transaction.atomic
def update_register(
    file: RegisterFile, *, by: Actor, on: date, allow_closing: bool = False
) -> Change:
    """Add, change, close and reopen what the file says; nothing is ever deleted.

    A location that the file lacks is closed on the day `on`, when it belongs to a part of the
    register (po, sbo, so, vo) that the file holds; columns that the file lacks keep their value.
    An institution is closed when all its locations are. Raises ManyClosings when more than
    20 % of the open locations of those parts would close, unless `allow_closing`.
    """
    change = Change(file.name, len(file.rows), bad_rows=file.bad_rows)
    stored = {
        location.code: location
        for location in Location.objects.filter(
            institution__is_invented=False, institution__register=RegisterCode.BRIN
        )
    }
    missing = _missing(file, stored.values(), allow_closing)

    boards = _bring_boards(file.rows, change)
    institutions, added = _bring_institutions(file.rows)
    change.institutions["added"] = len(added)
    written = _bring_locations(file.rows, stored, institutions, change)
    for location in missing:
        location.closed_on = on
    change.locations["closed"] = len(missing)
    insert_or_update(Location, [*written, *missing])

    touched = {row.institution for row in file.rows} | {x.code[:4] for x in missing}
    of_board = {row.code: boards[row.board] for row in file.rows if row.board}
    _settle_institutions(institutions, touched, added, stored, of_board, change, on)
    record(
        by=by,
        action="import_schools",
        kind="register",
        object=re.sub(r"[^A-Za-z0-9.-]", "_", file.name)[:100],
        detail={"rows": change.rows, "rejected": len(change.bad_rows), **change.counts()},
    )
    return change


def _part(location: Location) -> RegisterPart:
    if part_of(location.kind) is RegisterPart.SPECIAL_PRIMARY:
        return RegisterPart.SPECIAL_PRIMARY
    return RegisterPart(location.sector)


def _missing(file: RegisterFile, stored: Iterable[Location], allow_closing: bool) -> list[Location]:
    """The open locations of the file's parts that the file does not name, not even in a bad row."""
    parts = {row.part for row in file.rows}
    open_now = [x for x in stored if x.closed_on is None and _part(x) in parts]
    missing = [location for location in open_now if location.code not in file.named]
    if not allow_closing and len(missing) > CLOSING_LIMIT * len(open_now):
        raise ManyClosings(
            f"{file.name} would close {len(missing)} of {len(open_now)} open locations "
            f"({', '.join(sorted(parts))}). If that is meant, add --allow-closing."
        )
    return missing


def _bring_boards(rows: list[Row], change: Change) -> dict[str, Board]:
    names = {row.board: row.board_name for row in rows if row.board}
    stored = {board.number: board for board in Board.objects.filter(number__in=names)}
    written = []
    for number, name in names.items():
        board = stored.get(number)
        if board is None:
            board = stored[number] = Board(number=number, name=name)
            change.boards["added"] += 1
        elif name and board.name != name:
            board.name = name
            change.boards["changed"] += 1
        else:
            change.boards["unchanged"] += 1
            continue
        written.append(board)
    insert_or_update(Board, written, key="number")
    return {board.number: board for board in Board.objects.filter(number__in=names)}


def _bring_institutions(rows: list[Row]) -> tuple[dict[str, Institution], set[str]]:
    """All institutions with a BRIN by their code, and the codes that were added just now."""
    known = _institutions()
    added = {
        row.institution: Institution(
            register=RegisterCode.BRIN,
            code=row.institution,
            name=row.values["name"],
            town=row.values["town"],
            sector=row.values["sector"],
        )
        for row in reversed(rows)
        if row.institution not in known
    }
    Institution.objects.bulk_create(added.values(), batch_size=BATCH)
    return (_institutions() if added else known), set(added)


def _institutions() -> dict[str, Institution]:
    return {
        str(institution.code): institution
        for institution in Institution.objects.filter(register=RegisterCode.BRIN, is_invented=False)
    }


def _bring_locations(
    rows: list[Row],
    stored: dict[str, Location],
    institutions: dict[str, Institution],
    change: Change,
) -> list[Location]:
    """The locations that are new or differ from what is stored; new ones join `stored`."""
    written = []
    for row in rows:
        location = stored.get(row.code)
        values = {"institution": institutions[row.institution], **row.values, "closed_on": None}
        if location is None:
            location = stored[row.code] = Location(code=row.code, **values)
            change.locations["added"] += 1
        else:
            reopened = location.closed_on is not None
            if not set_values(location, values):
                change.locations["unchanged"] += 1
                continue
            change.locations["reopened" if reopened else "changed"] += 1
        written.append(location)
    return written


def _settle_institutions(
    institutions: dict[str, Institution],
    touched: set[str],
    added: set[str],
    stored: dict[str, Location],
    of_board: dict[str, Board],
    change: Change,
    on: date,
) -> None:
    """An institution is called and placed as its first open location; it closes with its last."""
    locations = defaultdict(list)
    for location in stored.values():
        if location.code[:4] in touched:
            locations[location.code[:4]].append(location)
    written = []
    for code in sorted(touched):
        institution = institutions[code]
        open_now = [x for x in locations[code] if x.closed_on is None]
        first = min(open_now or locations[code], key=lambda x: x.code)
        was_closed = institution.closed_on is not None
        values: dict[str, Any] = {
            "name": first.name,
            "town": first.town,
            "sector": first.sector,
            "closed_on": None if open_now else institution.closed_on or on,
        }
        if first.code in of_board:
            values["board"] = of_board[first.code]
        different = set_values(institution, values)
        if different:
            written.append(institution)
        if code in added:
            continue
        if not different:
            change.institutions["unchanged"] += 1
        elif was_closed and open_now:
            change.institutions["reopened"] += 1
        elif not was_closed and not open_now:
            change.institutions["closed"] += 1
        else:
            change.institutions["changed"] += 1
    insert_or_update(Institution, written)
