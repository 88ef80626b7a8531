"""Why a duty is owed, and what else a rule set says: a closed list of sentences. No Django.

The parts stand here in the English of the command `assess-duties`; a page says the same parts in
words of its own (`desk/duties/reasons.py`). A dossier keeps the sentence: `reasons` and `notes`
lead from it to its parts. So a sentence that was once said does not change; another is added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import product, starmap

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.rule_sets import RuleSet, rule_sets
from vertrouwd.duties.terms import AccusedParty, Knower, Offence
from vertrouwd.schools.terms import Sector


class Protection(StrEnum):
    """Why the law protects whom the alleged act concerns."""

    CHILD = "a child in childcare"
    LEARNER = "a leerling of the school"
    MINOR = "a leerling under {age}"
    INCAPACITATED = "an adult leerling who is wilsonbekwaam (the Inspectorate's reading)"
    DEPENDENT = "an adult leerling in a dependency relation"


class Consequence(StrEnum):
    """What follows from who knows, or from the weighing."""

    STAFF_TELLS = "staff knows: the {board} is told at once, secrecy is no defence"
    BOARD_CONSULTS = "the {board} knows: it consults at once, always"
    BOARD_FILES = "the suspicion is reasonable: the {board} files at once"
    EMPLOYEE_FILES = (
        "the suspicion is reasonable: who works there, the childminder too, files; "
        "consulting was allowed («kan»)"
    )


@dataclass(frozen=True)
class Case:
    """What is looked at, by whom, towards whom.

    A deed is a possible offence, or a category that counts without one. `age`: in years, where the
    law protects minors only.
    """

    deed: Offence | Category
    accused: AccusedParty
    protection: Protection
    age: int | None = None

    def __str__(self) -> str:
        deed = f"possible {self.deed}" if isinstance(self.deed, Offence) else self.deed
        by = "the houder" if self.accused is AccusedParty.PROVIDER else self.accused
        return f"{deed} by {by} towards {self.protection.format(age=self.age)}"


@dataclass(frozen=True)
class Reason:
    """Why a duty is owed: the case, and what follows from it."""

    case: Case
    consequence: Consequence
    board: Knower

    def __str__(self) -> str:
        return f"{self.case}; {self.consequence.format(board=self.board)}"


class Saying(StrEnum):
    """What else a rule set says: why it is silent, or what would be owed later."""

    NO_SET_YET = "no rule set holds on this date yet: no duties"
    NOT_TOUCHED = "{rule_set} does not touch {sector}: no duties"
    NOT_YET = "{rule_set} holds for {sector} from {day}: no duties before"
    CONSULT_FOLLOWS = "overlegplicht follows as soon as the board (houder) knows"
    FILING_FOLLOWS = (
        "aangifteplicht follows as soon as the board (houder) knows: "
        "the weighing is made in the consultation"
    )
    EMPLOYEE_WEIGHS = (
        "not weighed yet: aangifteplicht of the medewerker follows if the suspicion is redelijk; "
        "consulting the vertrouwensinspecteur is allowed («kan»), not owed"
    )


@dataclass(frozen=True)
class Note:
    """A saying with what fills its places: a rule set, a sector and its first day there."""

    saying: Saying
    rule_set: str = ""
    sector: Sector | None = None
    day: date | None = None

    def __str__(self) -> str:
        return self.saying.format(rule_set=self.rule_set, sector=self.sector, day=self.day)


@cache
def reasons() -> dict[str, Reason]:
    """Every reason that a rule set can give, by its sentence."""
    return {str(each): each for chosen in rule_sets().values() for each in _reasons_of(chosen)}


def _reasons_of(chosen: RuleSet) -> Iterator[Reason]:
    deeds = [*chosen.offences, *chosen.categories]
    accused = {*chosen.accused, *([AccusedParty.PROVIDER] if chosen.provider_accused else [])}
    ages = {act.minor_under for act in chosen.acts}
    for case in starmap(Case, product(deeds, accused, Protection, ages)):
        yield from (Reason(case, consequence, chosen.board) for consequence in Consequence)


@cache
def notes() -> dict[str, Note]:
    """Every note that a rule set can give, by its sentence."""
    every = (
        Note(saying, chosen.name, sector, chosen.first_day_in(sector))
        for saying, chosen, sector in product(Saying, rule_sets().values(), Sector)
    )
    return {str(note): note for note in every}
