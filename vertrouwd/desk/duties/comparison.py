"""Two rule sets side by side: what appears, what goes, what changes."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from vertrouwd.desk.duties.forms import CompareForm
from vertrouwd.desk.duties.shown import DutiesInWords, DutyInWords, in_words
from vertrouwd.duties.comparing import Comparison, compare
from vertrouwd.duties.rule_sets import RuleSet, rule_sets
from vertrouwd.duties.terms import Duty

_ = gettext_lazy
APPEARS, GOES, CHANGES = _("komt erbij"), _("vervalt"), _("verandert")
UNDECIDED, STAYS, NEITHER = _("niet te bepalen"), _("blijft"), _("geen van beide")


@dataclass(frozen=True)
class Line:
    """One duty under both sets."""

    duty: str
    change: Any
    before: "Under"
    after: "Under"


@dataclass(frozen=True)
class Under:
    """A duty under one set: owed, not owed, or not to be decided on this sheet."""

    owed: DutyInWords | None
    is_undecided: bool


@dataclass(frozen=True)
class ComparisonPage:
    """Both answers. A set that is no law yet is a bill, and is marked as one."""

    sets: tuple[RuleSet, RuleSet]
    lines: list[Line]
    before: DutiesInWords
    after: DutiesInWords


def comparison_page(form: CompareForm) -> ComparisonPage:
    """Of a form that is valid. Nothing is stored."""
    names = form.cleaned_data["before"], form.cleaned_data["after"]
    found = compare(form.sheet, names, today=timezone.localdate())
    before, after = in_words(found.before), in_words(found.after)
    return ComparisonPage(
        sets=(rule_sets()[names[0]], rule_sets()[names[1]]),
        lines=[_line(duty, found, before, after) for duty in Duty],
        before=before,
        after=after,
    )


def _line(duty: Duty, found: Comparison, before: DutiesInWords, after: DutiesInWords) -> Line:
    word = gettext(duty.value)
    old, new = _under(word, before), _under(word, after)
    return Line(word, _change(duty, found, old.owed or new.owed), old, new)


def _under(word: str, duties: DutiesInWords) -> Under:
    owed = next((each for each in duties.owed if each.duty == word), None)
    return Under(owed, word in duties.undecided)


def _change(duty: Duty, found: Comparison, owed: DutyInWords | None) -> Any:
    for duties, word in (
        (found.undecided, UNDECIDED),
        (found.appear, APPEARS),
        (found.go, GOES),
        (found.change, CHANGES),
    ):
        if duty in duties:
            return word
    return STAYS if owed else NEITHER
