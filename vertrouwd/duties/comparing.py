"""Two rule sets side by side on the same facts, for policy work. No Django."""

from dataclasses import dataclass, replace
from datetime import date

from vertrouwd.duties.assessment import Assessment, assess
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.rules import Owed
from vertrouwd.duties.terms import Duty


@dataclass(frozen=True)
class Comparison:
    """What a second rule set would ask, beside what the first asks."""

    before: Assessment
    after: Assessment
    appear: tuple[Duty, ...]
    go: tuple[Duty, ...]
    change: tuple[Duty, ...]  # owed under both, by or to another, or by another article
    undecided: tuple[Duty, ...]  # under either, for want of facts


def compare(facts: Facts, sets: tuple[str, str], *, today: date) -> Comparison:
    """Decide the same facts under two rule sets, named as in the data."""
    before, after = (assess(replace(facts, rule_set=name), today) for name in sets)
    old, new = _by_duty(before), _by_duty(after)
    undecided = {*before.undecided, *after.undecided}
    decided = [duty for duty in Duty if duty not in undecided]
    return Comparison(
        before,
        after,
        appear=tuple(duty for duty in decided if duty in new and duty not in old),
        go=tuple(duty for duty in decided if duty in old and duty not in new),
        change=tuple(
            d for d in decided if d in old and d in new and _place(old[d]) != _place(new[d])
        ),
        undecided=tuple(duty for duty in Duty if duty in undecided),
    )


def _by_duty(assessment: Assessment) -> dict[Duty, Owed]:
    return {owed.duty: owed for owed in assessment.duties}


def _place(owed: Owed) -> tuple[str, str, str]:
    return owed.on, owed.to, owed.source
