"""Any facts, known or not."""

from dataclasses import fields
from datetime import date
from itertools import combinations

from hypothesis import strategies as st

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence, Weighing
from vertrouwd.schools.terms import Sector

# Every value of each fact that may be unknown; of the ages those where something may change.
EVERY_VALUE: dict[str, list] = {
    "sector": [sector for sector in Sector if sector is not Sector.WITHHELD],
    "category": list(Category),
    "possible_offence": [*Offence, None],
    "accused_role": list(AccusedParty),
    "affected_role": list(AffectedParty),
    "affected_age": [0, 4, 12, 17, 18, 19, 120],
    "affected_incapacitated": [True, False],
    "dependency_relation": [True, False],
    "known_by": [frozenset(chosen) for size in range(7) for chosen in combinations(Knower, size)],
}
DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))
OTHERS = {
    "weighing": st.sampled_from([*Weighing, None]),
    "refused_on": st.none() | DAYS,
    "known_on": st.none() | DAYS | st.just(date(2026, 11, 2)),
    "rule_set": st.sampled_from([None, None, *rule_sets()]),
}
KNOWN = {key: st.sampled_from(values) for key, values in EVERY_VALUE.items()}


def facts(*, unknown: tuple[str, ...] = ()) -> st.SearchStrategy[Facts]:
    """Facts of which these keys, and no others, are unknown."""
    given = {key: st.just(UNKNOWN) if key in unknown else KNOWN[key] for key in EVERY_VALUE}
    return st.builds(Facts, **given, **OTHERS)


@st.composite
def partly_unknown(draw: st.DrawFn, most: int = 9) -> Facts:
    """Facts of which some keys are unknown, likely ones where something is at stake."""
    keys = draw(st.lists(st.sampled_from(sorted(EVERY_VALUE)), max_size=most, unique=True))
    found = draw(facts(unknown=tuple(keys)))
    likely = draw(st.booleans())
    if not likely:
        return found
    changed = {
        "accused_role": AccusedParty.ENTRUSTED,
        "affected_role": AffectedParty.LEARNER,
        "possible_offence": Offence.SEXUAL,
        "known_by": frozenset({Knower.STAFF, Knower.BOARD, Knower.PROVIDER}),
        "weighing": Weighing.REASONABLE,
    }
    kept = {f.name: getattr(found, f.name) for f in fields(Facts)}
    return Facts(**{**kept, **{k: v for k, v in changed.items() if k not in keys}})
