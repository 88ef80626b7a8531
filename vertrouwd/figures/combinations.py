"""Every combination of up to three dimensions, counted in one pass. No Django here.

Each row of a snapshot is laid out into every code it has in each dimension, the empty code (not
broken down) too; a row then counts once in every cell it is in, also in cross attributes. It must
agree with `counts.condition` on every cell, which the tests hold it to.
"""

# ruff: noqa: S608 - the SQL is ours; every code in it passes `quote`

from typing import TYPE_CHECKING

from vertrouwd.dossiers.terms import Answer, Category
from vertrouwd.figures import dimensions as d
from vertrouwd.figures.cells import Cell, Measure
from vertrouwd.figures.counts import EQUALS, Counts, one_of, quote

if TYPE_CHECKING:
    import duckdb

BROKEN_DOWN_BY_AT_MOST = 3  # dimensions of a combination; category and subcategory are one
NOTHING = quote("")
IS_DISCRIMINATION = f"category = {quote(Category.DISCRIMINATION)}"
IS_SEXUAL = one_of("category", d.SEXUAL)
WAS_REFERRED = f"referred_to_police = {quote(Answer.YES)}"


def every_cell(tables: "duckdb.DuckDBPyConnection", year: str, *, childcare: bool) -> Counts:
    """All combinations of up to three dimensions that are not empty, for all three measures.

    `tables` as `counts.open_tables` gives them. In childcare every cell has the sector
    kinderopvang, which is then no dimension. Referrals are always broken down by `verwezen_naar`.
    """
    found: Counts = {}
    for measure in Measure:
        for *codes, number in tables.execute(_query(measure, childcare=childcare)).fetchall():
            found[Cell(year, measure.value, *codes)] = number
    return found


def _query(measure: Measure, *, childcare: bool) -> str:
    table = "reports" if measure == Measure.REPORTS else "dossiers"
    referrals = measure == Measure.REFERRALS
    sectors = "[sector]" if childcare else f"[{NOTHING}, sector]"
    broken_down = ["t.category", "r", "o.name"] + ([] if childcare else ["s"])
    size = " + ".join(f"CAST({code} <> {NOTHING} AS INTEGER)" for code in broken_down)
    return f"""
        WITH coded AS (
            SELECT {sectors} AS sectors, {_topics()} AS topics,
                list_concat([{NOTHING}], accused_roles) AS roles,
                {_referrals() if referrals else _others()} AS others
            FROM {table}
            WHERE {WAS_REFERRED if referrals else "true"}
        )
        SELECT s, t.category, t.subcategory, r, o.name, o.value, count(*)
        FROM (SELECT s, t, r, unnest(others) AS o
            FROM (SELECT s, t, others, unnest(roles) AS r
                FROM (SELECT s, roles, others, unnest(topics) AS t
                    FROM (SELECT topics, roles, others, unnest(sectors) AS s FROM coded))))
        WHERE {size} <= {BROKEN_DOWN_BY_AT_MOST}
        GROUP BY ALL
    """


def _topics() -> str:
    """No category, the category, the sum it is part of, the subcategory, the older grounds."""
    return _all_of(
        f"[{_topic(NOTHING, NOTHING)}, {_topic('category', NOTHING)}]",
        _when(IS_SEXUAL, _topic(quote(d.SUM_CATEGORY), NOTHING)),
        _when(f"subcategory <> {NOTHING}", _topic("category", "subcategory")),
        *(_when(fact, _topic("category", quote(name))) for name, fact in _older_grounds()),
    )


def _others() -> str:
    """What a row says in the dimensions that stand in `other_dimension`."""
    plain = ", ".join(
        _other(name, column) for name, column in EQUALS.items() if name != d.SETTING.name
    )
    referral = f"CASE WHEN {WAS_REFERRED} THEN {quote(d.POLICE)} ELSE referred_to_police END"
    return _all_of(
        f"[{_other('', NOTHING)}, {plain}, {_other(d.REFERRAL.name, referral)}]",
        f"list_transform(places, lambda place: {_other(d.PLACE.name, 'place')})",
        _when(f"setting <> {NOTHING}", _other(d.SETTING.name, "setting")),
        _when(IS_DISCRIMINATION, _other(d.GROUND.name, "subcategory")),
        *(_when(fact, _other(d.GROUND.name, quote(name))) for name, fact in _older_grounds()),
    )


def _referrals() -> str:
    return _all_of(
        f"[{_other(d.REFERRAL.name, quote(d.POLICE))}]",
        _when(IS_SEXUAL, _other(d.REFERRAL.name, quote(d.VICE_POLICE))),
    )


def _older_grounds() -> list[tuple[str, str]]:
    """An older name of a ground, and which rows it covers besides those coded with that name."""
    return [
        (name, f"{IS_DISCRIMINATION} AND " + one_of("subcategory", set_of))
        for name, covers in d.OLDER_GROUNDS.items()
        if (set_of := [code for code in covers if code != name])
    ]


def _all_of(*lists: str) -> str:
    return f"list_concat({', '.join(lists)})"


def _topic(category: str, subcategory: str) -> str:
    return f"{{'category': {category}, 'subcategory': {subcategory}}}"


def _other(name: str, value: str) -> str:
    return f"{{'name': {quote(name)}, 'value': {value}}}"


def _when(fact: str, code: str) -> str:
    return f"CASE WHEN {fact} THEN [{code}] ELSE [] END"
