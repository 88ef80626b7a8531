"""Words that claim something about numbers, each with the rule that must hold. No Django here.

The letter's template may hold none of these words; it names the claim (`<majority under_13>`) and
gets the word from here, or nothing. Rules: the table of guarded wordings in the domain text.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

RISES_IN_A_ROW = 3  # «steeds vaker»
EARLIER_YEARS_FOR_HIGH = 3  # «opnieuw hoog» needs a history to be high in
SMALL_NUMBER = 20  # below it «opvallend» carries a warning
NORMAL_BAND = 2.576  # standard deviations: 1 chance in 100 that mere chance selects a number
SHIFT_CHANCE = 0.01  # largest probability at which a changed mix is called a shift

ORDINALS = (
    "nulde", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste",
    "negende", "tiende", "elfde", "twaalfde",
)  # fmt: skip


class Outcome(StrEnum):
    """What became of a claim."""

    SAID = "said"
    NOT_BORNE_OUT = "not borne out"  # it was tested and does not hold
    NOT_COMPARABLE = "not comparable"  # the earlier values it needs do not exist


@dataclass(frozen=True)
class Claim:
    """A tested claim: the Dutch words (empty unless said) and the reason in a sentence."""

    outcome: Outcome
    reason: str
    words: str = ""

    def __bool__(self) -> bool:
        return self.outcome is Outcome.SAID


@dataclass(frozen=True)
class Point:
    """One year of a series. `value` None: not known. `broken`: why it may not be compared."""

    year: str
    value: float | None
    broken: str = ""


def _said(words: str, reason: str) -> Claim:
    return Claim(Outcome.SAID, reason, words)


def _no(reason: str) -> Claim:
    return Claim(Outcome.NOT_BORNE_OUT, reason)


def _unknown(reason: str) -> Claim:
    return Claim(Outcome.NOT_COMPARABLE, reason)


def _comparable(points: Sequence[Point]) -> list[Point]:
    """The unbroken end of the series: from the last unknown or incomparable year onwards."""
    kept: list[Point] = []
    for point in reversed(points):
        if point.value is None or point.broken:
            break
        kept.insert(0, point)
    return kept


def _why_short(points: Sequence[Point], kept: Sequence[Point]) -> str:
    if len(kept) == len(points):
        return "er zijn geen eerdere jaren bekend"
    last = points[len(points) - len(kept) - 1]
    return f"{last.year}: {last.broken or 'geen waarde bekend'}"


def changed(now: float, before: float | None) -> Claim:
    """«toegenomen» or «afgenomen»: an absolute change against a known earlier value.

    The base and the percentage must stand beside it; `template.check` refuses a sentence without.
    """
    if before is None:
        return _unknown("er is geen vergelijkbare eerdere waarde bekend")
    if now == before:
        return _said("gelijk gebleven", f"{now} = {before}")
    word = "toegenomen" if now > before else "afgenomen"
    return _said(word, f"{before} -> {now}")


def compared(now: float, before: float | None) -> Claim:
    """«hoger dan», «lager dan» or «even hoog als» a known earlier value."""
    if before is None:
        return _unknown("er is geen vergelijkbare eerdere waarde bekend")
    if now == before:
        return _said("even hoog als", f"{now} = {before}")
    return _said("hoger dan" if now > before else "lager dan", f"{before} -> {now}")


def ever_more(points: Sequence[Point], *, counts: str) -> Claim:
    """«steeds vaker»: three comparable consecutive values, each above the one before it.

    `points` run from the oldest year to this one; three rises take four comparable years. `counts`
    is what rose («aantal» or «aandeel») and is part of the words. Corona years come in as broken.
    """
    kept = _comparable(points)
    values = [point.value for point in kept if point.value is not None]
    last = values[-(RISES_IN_A_ROW + 1) :]
    rises = [later > earlier for earlier, later in pairwise(last)]
    if not all(rises):
        return _no("de waarden stijgen niet elk jaar: " + " -> ".join(map(_plain, last)))
    if len(rises) < RISES_IN_A_ROW:
        return _unknown(f"geen drie vergelijkbare stijgingen op rij ({_why_short(points, kept)})")
    return _said(f"steeds vaker (in {counts})", " -> ".join(map(_plain, last)))


def high_again(points: Sequence[Point]) -> Claim:
    """«opnieuw hoog»: this year and the year before both in the upper third of their history.

    Needs three comparable earlier years. A value lower than last year's: the words say so.
    """
    kept = _comparable(points)
    values = [point.value for point in kept if point.value is not None]
    if len(values) <= EARLIER_YEARS_FOR_HIGH:
        return _unknown(f"te weinig vergelijkbare jaren ({_why_short(points, kept)})")
    limit = sorted(values)[math.ceil(len(values) * 2 / 3) - 1]
    now, before = values[-1], values[-2]
    history = " -> ".join(map(_plain, values))
    if min(now, before) < limit or now == min(values):
        return _no(f"niet in de top van de eigen reeks: {history}")
    if now < before:
        return _said("opnieuw hoog, maar lager dan het jaar ervoor", history)
    return _said("opnieuw hoog", history)


def in_a_row(points: Sequence[Point], *, above: float) -> Claim:
    """«voor het vierde jaar op rij»: the value lay above a limit in N comparable years on end.

    Two years at least, without a break in the series; the N is counted here, never typed.
    """
    if not points or points[-1].value is None:
        return _unknown("de waarde van dit jaar is niet bekend")
    if points[-1].value <= above:
        return _no(f"{_plain(points[-1].value)} ligt niet boven {_plain(above)}")
    run, broken = 0, ""
    for point in reversed(points):
        if point.value is None or (point.broken and run):
            broken = f"{point.year}: {point.broken or 'geen waarde bekend'}"
            break
        if point.value <= above:
            break
        run += 1
    if run < 2:
        if broken or len(points) < 2:
            return _unknown(broken or "er zijn geen eerdere jaren bekend")
        return _no("het jaar ervoor lag de waarde er niet boven")
    if run >= len(ORDINALS):
        return _no("zo lang is de reeks van rangtelwoorden niet")
    return _said(f"voor het {ORDINALS[run]} jaar op rij", f"{run} jaren boven {_plain(above)}")


def majority(part: float, whole: float) -> Claim:
    """«meer dan de helft»: a share above 50 %, exactly; half is not more than half."""
    if whole > 0 and part <= whole and 2 * part > whole:
        return _said("meer dan de helft", f"2 x {_plain(part)} > {_plain(whole)}")
    return _no(f"2 x {_plain(part)} is niet groter dan {_plain(whole)}")


def mainly(part: float, whole: float, others: Sequence[float | None]) -> Claim:
    """«vooral»: certainly the largest of parts that exclude each other.

    `others` are the other parts, None where unknown. What is left of the whole after the known
    parts bounds every unknown one, so the largest part can be certain although not all are known.
    The sentence must name the part's share; `template.check` refuses one without.
    """
    known = [other for other in others if other is not None]
    rest = whole - part - sum(known)
    if rest < 0:
        return _no("de delen zijn samen groter dan het geheel")
    if any(other >= part for other in known):
        return _no(f"{_plain(part)} is niet het grootste deel")
    if part > rest:
        return _said("vooral", f"{_plain(part)} is groter dan elk ander deel")
    return _unknown("een deel dat niet bekend is, kan groter zijn")


def shift(now: tuple[int, int], before: tuple[int, int] | None, *, coding_changed: bool) -> Claim:
    """«verschuiving»: the share of (part, whole) changed, coding unchanged, beyond chance.

    Pearson's chi-squared on the 2 x 2 table, one degree of freedom; at most 1 chance in 100. The
    size stands in the reason and, as shares of both years, in the sentence.
    """
    if before is None:
        return _unknown("van het vorige jaar is de verdeling niet bekend")
    if coding_changed:
        return _unknown("de indeling is tussen de jaren veranderd")
    chance = chance_of_same_mix(now, before)
    size = 100 * (now[0] / now[1] - before[0] / before[1]) if now[1] and before[1] else 0.0
    measured = f"{size:+.1f} procentpunt, p = {chance:.4f}"
    if chance > SHIFT_CHANCE:
        return _no(f"niet groter dan toeval: {measured}")
    return _said("verschuiving", measured)


def chance_of_same_mix(now: tuple[int, int], before: tuple[int, int]) -> float:
    """The p-value of Pearson's test that the share is one in both years; 1.0 without any."""
    a, b = now[0], now[1] - now[0]
    c, d = before[0], before[1] - before[0]
    product = (a + b) * (c + d) * (a + c) * (b + d)
    if product <= 0:
        return 1.0
    statistic = (a + b + c + d) * (a * d - b * c) ** 2 / product
    return math.erfc(math.sqrt(statistic / 2))


def remarkable(now: float, before: float | None) -> Claim:
    """«opvallend»: the rule that selects it is part of the words; small numbers are flagged.

    The rule: the change since last year is larger than 2.576 standard deviations of the difference
    of two counts (the square root of their sum), so that chance alone selects 1 number in 100.
    """
    if before is None:
        return _unknown("er is geen vergelijkbare eerdere waarde bekend")
    if now + before == 0:
        return _no("beide jaren nul")
    distance = abs(now - before) / math.sqrt(now + before)
    if distance <= NORMAL_BAND:
        return _no(f"binnen wat bij toeval te verwachten is ({distance:.1f} standaardafwijking)")
    words = "opvallend (de verandering is groter dan bij toeval te verwachten is"
    if min(now, before) < SMALL_NUMBER:
        words += "; het gaat om kleine aantallen"
    return _said(words + ")", f"{distance:.1f} standaardafwijking")


def causes(now: float, before: float | None) -> Claim:
    """Why a number changed: always the whole open list, never one cause."""
    if before is None:
        return _unknown("er is geen verandering bekend")
    if now == before:
        return _no("er is geen verandering")
    if now > before:
        words = (
            "Het kan zijn dat melders de vertrouwensinspecteurs beter weten te vinden, dat er "
            "meer aandacht is voor sociale veiligheid, dat er meer vertrouwen is om te melden, "
            "dat er meer gebeurt of dat wat er gebeurt ernstiger is"
        )
    else:
        words = (
            "Het kan zijn dat melders de vertrouwensinspecteurs minder goed weten te vinden, dat "
            "er minder aandacht is voor sociale veiligheid, dat er minder vertrouwen is om te "
            "melden, dat er minder gebeurt of dat wat er gebeurt minder ernstig is"
        )
    return _said(words, f"{before} -> {now}")


def _plain(value: float) -> str:
    return f"{value:g}"
