"""One row of a register file: which values it may hold, and what they mean. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from vertrouwd.schools.spelling import town_spelling
from vertrouwd.schools.terms import RegisterPart

BRIN = re.compile(r"\d\d[A-Z]{2}", re.ASCII)
LOCATION_CODE = re.compile(r"\d\d[A-Z]{2}[0-9A-Z]{2}", re.ASCII)
SECONDARY_TYPES = {"vbo", "mavo", "havo", "vwo", "pro", "brugjaar", "vmbo", "lwoo", "isk"}


class BadValue(ValueError):
    """One value of a row is not allowed: which column, and what is."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass(frozen=True)
class Row:
    """One location as the file gives it; `values` holds only the columns that the file has."""

    line: int
    code: str
    part: RegisterPart
    values: dict[str, Any]
    board: str = ""
    board_name: str = ""

    @property
    def institution(self) -> str:
        return self.code[:4]


def part_of(kind: str) -> RegisterPart | None:
    """The part of the register that a type of school belongs to; None for an unknown type."""
    words = set(re.split(r"[/ ]+", kind.casefold().replace("(v)so", "so/vso")))
    if words <= {"basisschool", "basisonderwijs", "bo"}:
        return RegisterPart.PRIMARY
    if words <= {"sbao", "sbo"}:
        return RegisterPart.SPECIAL_PRIMARY
    if words <= {"so", "vso"}:
        return RegisterPart.SPECIAL
    return RegisterPart.SECONDARY if words <= SECONDARY_TYPES else None


def code_of(cell: str) -> str:
    """A BRIN or location code as it is written: capitals, no blanks around it."""
    return cell.strip().upper()


def read_row(
    line: int,
    record: list[str],
    header: list[str],
    columns: dict[str, str],
    limits: dict[str, int],
) -> Row:
    """The row as the register takes it; raises BadValue for the first value that is not allowed.

    `columns` gives our name of a column -> the header of this file; `limits` the longest text per
    column, in characters.
    """
    if len(record) != len(header):
        raise BadValue("", f"has {len(record)} columns. Allowed: {len(header)}, as in row 1.")
    by_header = dict(zip(header, record, strict=True))
    given = {ours: " ".join(by_header[title].split()) for ours, title in columns.items()}
    code = _location_code(given, columns)
    for ours in ("name", "town"):
        if not given[ours]:
            raise BadValue(columns[ours], "is empty. Allowed: a text.")
    part = _part(given, columns)
    values: dict[str, Any] = {
        ours: given[ours]
        for ours in ("denomination", "street", "municipality", "province", "website")
        if ours in given
    }
    values |= {"name": given["name"], "town": town_spelling(given["town"])}
    values |= {"sector": part.sector.value, "kind": given.get("kind") or part.usual_kind}
    if "number" in given:
        addition = f"-{given['addition']}" if given.get("addition") else ""
        values["house_number"] = given["number"] + given.get("letter", "") + addition
    if "postcode" in given:
        values["postcode"] = given["postcode"].replace(" ", "").upper()
    if "pupils" in given:
        values["pupils"] = _pupils(given["pupils"], columns["pupils"])
    longest = values | {k: given.get(k, "") for k in ("board", "board_name")}
    for ours, limit in limits.items():
        if len(str(longest.get(ours) or "")) > limit:
            column = columns.get(ours, columns.get("number", ours))
            raise BadValue(
                column, f"has {len(str(longest[ours]))} characters. Allowed: at most {limit}."
            )
    return Row(line, code, part, values, given.get("board", ""), given.get("board_name", ""))


def _location_code(given: dict[str, str], columns: dict[str, str]) -> str:
    code, institution = code_of(given["code"]), code_of(given.get("institution", ""))
    if re.fullmatch(r"[0-9A-Z]{2}", code, re.ASCII) and BRIN.fullmatch(institution):
        code = institution + code
    if not code:
        raise BadValue(columns["code"], "is empty. Allowed: BRIN and two more, such as 16AH00.")
    if not LOCATION_CODE.fullmatch(code):
        raise BadValue(
            columns["code"],
            f"'{code[:20]}' is not a location code. Allowed: BRIN and two more, such as 16AH00.",
        )
    if institution and institution != code[:4]:
        raise BadValue(
            columns["institution"],
            f"'{institution[:20]}' is not the institution of {code}. Allowed: {code[:4]}.",
        )
    return code


def _part(given: dict[str, str], columns: dict[str, str]) -> RegisterPart:
    """From the sector column, else the type column; DUO's file of primary schools has neither."""
    kind = given.get("kind", "")
    of_kind = part_of(kind) if kind else None
    if columns.get("kind", "").strip().casefold() == "onderwijsstructuur":
        return RegisterPart.SECONDARY  # only DUO's file of secondary schools has this column
    if kind and of_kind is None:
        raise BadValue(
            columns["kind"],
            f"'{kind[:40]}' is not a type of school. Allowed: basisschool, SBAO, SO, VSO, (V)SO, "
            "or VBO, MAVO, HAVO, VWO, PRO, BRUGJAAR joined by /.",
        )
    if "part" in given:
        allowed = {part.value: part for part in RegisterPart}
        part = allowed.get(given["part"].casefold())
        if part is None:
            raise BadValue(
                columns["part"],
                f"'{given['part'][:40]}' is not a sector here. Allowed: {', '.join(allowed)}.",
            )
        if of_kind not in (None, part):
            raise BadValue(
                columns["part"],
                f"'{part.value}' does not fit the type {kind}. Allowed: {of_kind}.",
            )
        return part
    if "kind" in given and of_kind is None:
        raise BadValue(columns["kind"], "is empty. Allowed: basisschool, SBAO, SO, VSO, (V)SO ...")
    return of_kind or RegisterPart.PRIMARY


def _pupils(text: str, column: str) -> int | None:
    """Pupils; empty and DUO's masked «<5» are unknown."""
    if not text or text == "<5":
        return None
    if not text.isdecimal() or len(text) > 6:
        raise BadValue(column, f"'{text[:20]}' is not a number of pupils. Allowed: 0 to 999999.")
    return int(text)
