"""Conditions and claims of a template, answered from figures. No Django here."""

from vertrouwd.disclosure.safe import CORONA, UNIT, SafeFigure
from vertrouwd.publication.letter import wording
from vertrouwd.publication.letter.catalogue import Figures
from vertrouwd.publication.letter.context import Context
from vertrouwd.publication.letter.wording import Claim, Outcome

AGAINST_LAST_YEAR = {
    "changed": wording.changed,
    "compared": wording.compared,
    "remarkable": wording.remarkable,
    "causes": wording.causes,
}
# Every claim a template can make, as the list of gaps names it in Dutch.
CLAIMS = {
    "changed": "toegenomen of afgenomen",
    "compared": "hoger of lager dan vorig jaar",
    "remarkable": "opvallend",
    "causes": "mogelijke oorzaken",
    "ever_more": "steeds vaker",
    "high_again": "opnieuw hoog",
    "in_a_row": "meer jaren op rij",
    "majority": "meer dan de helft",
    "mainly": "vooral",
    "shift": "verschuiving",
}


def holds(condition: str, figures: Figures, context: Context) -> bool:
    """Whether a statement belongs in this letter.

    `dossiers`, `reports`: the unit of the year · `known X`, `unknown X`, `zero X` · `same X`: equal
    to the year before · `differs X Y`: also when Y is not known, so that the gap gets named ·
    `above X Y` · `restated`: the unit changed since the year before · `corona`, `corona before` ·
    `not` any of these.
    Raises ValueError for a condition that is not in the language.
    """
    word, _, about = condition.partition(" ")
    match word:
        case "not":
            return not holds(about, figures, context)
        case "dossiers" | "reports":
            return figures.unit == word
        case "known":
            return figures.get(about) is not None
        case "unknown":
            return figures.get(about) is None
        case "zero":
            return _value(figures, about) == 0
        case "same":
            now = _value(figures, about)
            return now is not None and now == _value(figures, f"{about} before")
        case "differs" | "above":
            first, second = _two_slots(about, figures)
            one, other = _value(figures, first), _value(figures, second)
            if one is None or other is None:
                return word == "differs" and one is not None
            return one != other if word == "differs" else one > other
        case "restated":
            return UNIT in figures.breaks("total", figures.release.year)
        case "corona":
            year = context.references[f"year {about}".strip()].text
            return CORONA in figures.breaks("total", year)
    raise ValueError(f"'{condition}' is not a condition of the template language")


def ask(claim: str, about: str, figures: Figures) -> Claim:
    """Ask the rule of a claim. Raises ValueError for a claim without a rule."""
    name, _, share = about.partition(" ")
    if claim not in CLAIMS:
        raise ValueError(f"'<{claim} {about}>' is not a claim: use one of {sorted(CLAIMS)}")
    now = figures.get(about)
    if now is None:
        return Claim(Outcome.NOT_COMPARABLE, figures.why_missing(about))
    if rule := AGAINST_LAST_YEAR.get(claim):
        return rule(now.value, _value(figures, f"{about} before"))
    match claim:
        case "ever_more":
            counts = "aandeel" if share else "aantal"
            return wording.ever_more(figures.points(about), counts=counts)
        case "high_again":
            return wording.high_again(figures.points(about))
        case "in_a_row":
            above = figures.declared[name].above
            return wording.in_a_row(figures.points(about), above=above)
    return _about_a_part(claim, name, now, figures)


def _about_a_part(claim: str, name: str, now: SafeFigure, figures: Figures) -> Claim:
    declared = figures.declared[name]
    whole = figures.get(declared.of)
    if whole is None:
        return Claim(Outcome.NOT_COMPARABLE, figures.why_missing(declared.of))
    if claim == "majority":
        return wording.majority(now.value, whole.value)
    if claim == "mainly":
        others = [_value(figures, other) for other in declared.others]
        return wording.mainly(now.value, whole.value, others)
    part_before = _value(figures, f"{name} before")
    whole_before = _value(figures, f"{declared.of} before")
    before = None
    if part_before is not None and whole_before is not None:
        before = (int(part_before), int(whole_before))
    kinds = set(figures.breaks(name, figures.release.year)) - {CORONA}
    return wording.shift((int(now.value), int(whole.value)), before, coding_changed=bool(kinds))


def _value(figures: Figures, slot: str) -> float | None:
    figure = figures.get(slot)
    return None if figure is None else figure.value


def _two_slots(about: str, figures: Figures) -> tuple[str, str]:
    words = about.split()
    for place in range(1, len(words)):
        if words[place] in figures.declared:
            return " ".join(words[:place]), " ".join(words[place:])
    raise ValueError(f"'{about}' does not name two figures")
