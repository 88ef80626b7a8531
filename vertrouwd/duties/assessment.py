"""The duties for one set of facts: what is owed, what cannot be decided yet, the ladder. No Django.

The pages and the command `assess-duties` both ask here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from vertrouwd.duties import ladder
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.missing import completions
from vertrouwd.duties.rules import Decision, Owed
from vertrouwd.duties.terms import Duty

CANNOT_BE_DECIDED = "cannot be decided without: "
ALTERNATIVE = "; or: "  # between two reasons for one duty


@dataclass(frozen=True)
class Assessment:
    """What the law asks now, as far as the facts decide it."""

    rule_set: str | None
    duties: tuple[Owed, ...]
    advice_only: bool
    notes: tuple[str, ...]
    ladder: tuple[ladder.LadderDay, ...]
    missing: tuple[str, ...]  # keys of the facts that hold something up
    undecided: tuple[Duty, ...]  # duties that are owed or not, depending on these

    def as_object(self) -> dict[str, Any]:
        """The answer as the contract writes it, ready for JSON."""
        return {
            "rule_set": self.rule_set,
            "duties": [asdict(owed) for owed in self.duties],
            "advice_only": self.advice_only,
            "notes": list(self.notes),
            "ladder": [{**asdict(s), "due": s.due.isoformat()} for s in self.ladder],
        }


def assess(facts: Facts, today: date) -> Assessment:
    """Decide what the facts decide, and name the missing ones that hold up the rest."""
    found = completions(facts, on=facts.known_on or today)
    duties = tuple(_certain(found.decisions))
    possible = {owed.duty for decision in found.decisions for owed in decision.owed}
    decided = {owed.duty for owed in duties}
    return Assessment(
        rule_set=_the_same(d.rule_set.name if d.rule_set else None for d in found.decisions),
        duties=duties,
        advice_only=all(decision.advice_only for decision in found.decisions),
        notes=tuple(_notes(found.decisions, found.missing)),
        ladder=_ladder(facts, found.decisions) if Duty.REPORT_TO_POLICE in decided else (),
        missing=found.missing,
        undecided=tuple(duty for duty in Duty if duty in possible - decided),
    )


def _certain(decisions: tuple[Decision, ...]) -> Iterator[Owed]:
    """The duties that are owed however the missing facts turn out."""
    for duty in Duty:
        ways = {owed for decision in decisions for owed in decision.owed if owed.duty is duty}
        in_all = all(any(o.duty is duty for o in decision.owed) for decision in decisions)
        if in_all and len({(o.on, o.to, o.source) for o in ways}) == 1:
            reasons = sorted({owed.because for owed in ways})
            verified = all(owed.verified for owed in ways)
            yield replace(ways.pop(), because=ALTERNATIVE.join(reasons), verified=verified)


def _notes(decisions: tuple[Decision, ...], missing: tuple[str, ...]) -> Iterator[str]:
    if remark := _the_same(decision.remark for decision in decisions):
        yield remark
    if missing:
        yield CANNOT_BE_DECIDED + ", ".join(missing)
    first, *others = decisions
    for note in first.follows:
        if all(note in other.follows for other in others):
            yield note


def _ladder(facts: Facts, decisions: tuple[Decision, ...]) -> tuple[ladder.LadderDay, ...]:
    chosen = decisions[0].rule_set
    if facts.refused_on is None or chosen is None:
        return ()
    return ladder.steps(facts.refused_on, chosen.ladder)


def _the_same(values: Iterable[str | None]) -> str | None:
    """The one value of all; None where they differ."""
    different = set(values)
    return different.pop() if len(different) == 1 else None
