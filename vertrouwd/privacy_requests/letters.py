"""The letter with which a request is answered, composed from blocks. No Django.

It says what is given, by kind and day, and of what is not given nothing but the ground, in general
words: not how much there is, of what kind, from whom, nor what is not about the asker. Two requests
that differ in nothing but that get the same letter. It holds blanks; the server fills in no name.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.confirmation import in_words
from vertrouwd.privacy_requests.grounds import grounds
from vertrouwd.privacy_requests.terms import DocumentKind, Outcome, RequestKind

DATA = Path(__file__).parent / "data" / "letter.toml"
O = Outcome  # noqa: E741


@dataclass(frozen=True)
class Decided:
    """What was decided of one document."""

    kind: DocumentKind
    on: date
    outcome: Outcome
    ground: str = ""  # a code of data/grounds.toml


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """What a letter is made of. `is_neutral`: do not tell whether there is anything."""

    reference: str
    kind: RequestKind
    received_on: date
    made_on: date
    decided: tuple[Decided, ...] = field(default=())
    is_established: bool = True
    extended_on: date | None = None
    is_late: bool = False
    is_neutral: bool = False


@cache
def blocks() -> Mapping[str, Any]:
    """The blocks by their name."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def compose(facts: LetterFacts) -> str:
    """The whole letter, to be completed by who sends it."""
    said = blocks()
    parts = [
        said["opening"].format(
            reference=facts.reference,
            made_on=in_words(facts.made_on),
            received_on=in_words(facts.received_on),
            asked=said["asked"][facts.kind],
        )
    ]
    if facts.extended_on:
        parts.append(said["extended"].format(extended_on=in_words(facts.extended_on)))
    if facts.is_late:
        parts.append(said["late"])
    parts += _decision(facts) if facts.is_established else [said["not_established"]]
    return "\n\n".join(part.strip() for part in (*parts, said["closing"])) + "\n"


def extension_letter(*, reference: str, received_on: date, made_on: date, due_on: date) -> str:
    """It says that it takes two months more (AVG 12(3)); the reason is a blank."""
    said = blocks()["extension"].format(
        reference=reference,
        made_on=in_words(made_on),
        received_on=in_words(received_on),
        due_on=in_words(due_on),
    )
    return str(said).strip() + "\n"


def may_be_neutral(decided: Iterable[Decided]) -> bool:
    """Whether a letter can leave open that there is anything: nothing is done, some refused."""
    outcomes = {each.outcome for each in decided}
    return O.REFUSE in outcomes and not outcomes & {O.GIVE, O.PARTLY, O.ERASE}


def _decision(facts: LetterFacts) -> list[str]:
    of_kind = {
        RequestKind.ACCESS: _access,
        RequestKind.CORRECTION: _correction,
        RequestKind.ERASURE: _erasure,
        RequestKind.RESTRICTION: _restriction,
    }
    return of_kind[facts.kind](facts)


def _access(facts: LetterFacts) -> list[str]:
    said, decided = blocks(), facts.decided
    given = [each for each in decided if each.outcome is O.GIVE]
    partly = [each for each in decided if each.outcome is O.PARTLY]
    withheld = _reasons(decided, O.PARTLY, O.REFUSE)
    if not given and not partly:
        return _all_refused(facts, "refused_all", withheld) if withheld else [_nothing(facts)]
    parts = []
    if given:
        parts.append(said["given"].format(given=_listed(given)))
    if partly:
        parts.append(said["partly"].format(partly=_listed(partly)))
    parts.append(said["handed_over"])
    if withheld:
        parts += _with_reasons(said["refused_rest"], withheld)
    return [*parts, said["about_the_data"]]


def _correction(facts: LetterFacts) -> list[str]:
    said, decided = blocks(), facts.decided
    outcomes = {each.outcome for each in decided}
    parts = [said["corrected"]] if O.CORRECT in outcomes else []
    if O.STATEMENT in outcomes:
        parts += _with_reasons(said["statement"], _reasons(decided, O.STATEMENT))
    if O.REFUSE in outcomes:
        block = said["not_all_corrected" if parts else "not_corrected"]
        refused = _with_reasons(block, _reasons(decided, O.REFUSE))
        return [*parts, *refused, said["receivers"]] if parts else refused
    return [*parts, said["receivers"]] if parts else [_nothing(facts)]


def _erasure(facts: LetterFacts) -> list[str]:
    said, decided = blocks(), facts.decided
    gone = [each for each in decided if each.outcome is O.ERASE]
    refused = _reasons(decided, O.REFUSE)
    if not gone:
        return _all_refused(facts, "not_erased", refused) if refused else [_nothing(facts)]
    erased = said["erased"].replace("{erased}", _listed(gone))
    parts = [*_with_reasons(erased, _reasons(decided, O.ERASE)), said["erasing"]]
    if refused:
        parts += _with_reasons(said["not_all_erased"], refused)
    return [*parts, said["receivers"]]


def _all_refused(facts: LetterFacts, block: str, reasons: list[str]) -> list[str]:
    """Nothing is done; the letter can leave open whether there is anything."""
    if not (facts.is_neutral and may_be_neutral(facts.decided)):
        return _with_reasons(blocks()[block], reasons)
    neutral = blocks()["neutral"].replace("{do}", blocks()["do_not"][facts.kind])
    return _with_reasons(neutral, reasons)


def _nothing(facts: LetterFacts) -> str:
    return str(blocks()["nothing"].format(can=blocks()["can"][facts.kind]))


def _restriction(facts: LetterFacts) -> list[str]:
    said, decided = blocks(), facts.decided
    outcomes = {each.outcome for each in decided}
    parts = []
    if O.RESTRICT in outcomes:
        parts = _with_reasons(said["restricted"], _reasons(decided, O.RESTRICT))
    if O.REFUSE in outcomes:
        block = said["not_all_restricted" if parts else "not_restricted"]
        refused = _with_reasons(block, _reasons(decided, O.REFUSE))
        return [*parts, *refused, said["receivers"]] if parts else refused
    return [*parts, said["receivers"]] if parts else [_nothing(facts)]


def _reasons(decided: Iterable[Decided], *outcomes: Outcome) -> list[str]:
    """The grounds in general words, each once, in the order of the list of grounds."""
    chosen = {each.ground for each in decided if each.outcome in outcomes}
    return [ground.letter for code, ground in grounds().items() if code in chosen]


def _with_reasons(block: str, reasons: list[str]) -> list[str]:
    """A block that ends in «daarvoor is deze reden», or «zijn deze redenen», and those."""
    one = len(reasons) == 1
    said = block.format(
        is_reason="is deze reden" if one else "zijn deze redenen",
        has_reason="heeft deze reden" if one else "heeft deze redenen",
    )
    return [said, *reasons]


def _listed(given: Iterable[Decided]) -> str:
    """By day; what is of the same kind and day is one line."""
    words = blocks()["kinds"]
    lines = dict.fromkeys(
        f"- {words[each.kind]} van {in_words(each.on)}"
        for each in sorted(given, key=lambda each: (each.on, each.kind))
    )
    return "\n".join(lines)
