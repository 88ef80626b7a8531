"""docs/law.md: the duties as the rule sets hold them, and the grounds of requests about one's own
data, with dates and what is to be checked."""

from collections.abc import Iterable, Iterator

from vertrouwd.duties.rule_sets import Act, RuleSet, rule_sets
from vertrouwd.duties.terms import Duty
from vertrouwd.duties.working_days import Holiday, holidays
from vertrouwd.privacy_requests import clock
from vertrouwd.privacy_requests.grounds import grounds

TO_CHECK = "**te controleren**"
INTRODUCTION = """# The legal duties

*Made by `make docs` from `vertrouwd/duties/data/`.* Where it comes from, and all that is still to be checked: [the sources](../vertrouwd/duties/data/SOURCES.md). Why the sets are data: [decision](decisions/rule-sets-as-data.md). The command: [`assess-duties`](contracts/assess-duties.md). This page is no legal advice; the text of the law decides.

- **meldplicht**: staff that knows of a possible offence tells the board (bevoegd gezag; in childcare the houder) directly and at once. An internal confidential adviser and staff on a complaints committee are staff, and secrecy is no defence; an external adviser is none.
- **overlegplicht**: the board or houder that knows, in any way, consults the confidential inspector at once, always.
- **aangifteplicht**: if the consultation gives a reasonable suspicion (redelijk vermoeden), the board or houder files with the police at once.

*Onverwijld* (at once) has no number of hours in any act. Between staff there is advice to the reporter and nothing else (Kamerstuk 29 240 nr. 136). Roles and age are those at the time of the alleged act. «Verified» means that the wording was read in a consolidated text, whose date stands beside it.
"""  # noqa: E501


def law_page() -> str:
    """The rule sets one after another, then the days that are no working days."""
    parts = [INTRODUCTION]
    for rule_set in rule_sets().values():
        parts += _rule_set(rule_set)
    return "\n".join([*parts, *_holidays(), *_requests()]).rstrip() + "\n"


def _requests() -> Iterator[str]:
    """The term of AVG 12(3), and the grounds of a decision."""
    yield "\n## Requests about one's own data\n"
    yield (
        f"Access, correction, erasure and restriction (AVG 15 to 18) are answered within one "
        f"month of receipt, {clock.MORE_MONTHS} months later when the asker was told so within "
        f"that month ({clock.ARTICLE}). Months are counted by {clock.COUNTED_BY}: "
        f"{_verified(clock.VERIFIED)}. "
        "Sources: [the sources](../vertrouwd/privacy_requests/data/SOURCES.md). Why each document "
        "is weighed: [decision](decisions/weighed-per-document.md).\n"
    )
    yield "| ground | article | for | with | only in | looked at | |\n|---|---|---|---|---|---|---|"
    for ground in grounds().values():
        yield (
            f"| {ground.title.nl} | {ground.article} | {_listed(ground.kinds)} "
            f"| {_listed(ground.outcomes)} | {_listed(ground.categories)} "
            f"| {ground.checked_on.isoformat()} | {_verified(ground.verified)} |"
        )


def _listed(terms: Iterable[str]) -> str:
    return ", ".join(sorted(terms))


def _rule_set(rule_set: RuleSet) -> Iterator[str]:
    yield f"## {rule_set.name}\n"
    since = f"holds from {rule_set.valid_from.isoformat()}"
    yield f"{rule_set.title}: {since if rule_set.in_force else 'applied only when asked for'}."
    yield f"Source: {rule_set.source}.\n"
    yield f"- possible offence: {', '.join(sorted(rule_set.offences))}"
    if rule_set.categories:
        yield (
            f"- also without an offence: {', '.join(sorted(rule_set.categories))} "
            "(meldplicht and overlegplicht; aangifteplicht only with an offence)"
        )
    yield f"- accused: {', '.join(sorted(rule_set.accused))}"
    if rule_set.adult_in_dependency:
        yield "- an adult learner in a dependency relation counts as well"
    if any(act.minor_under for act in rule_set.acts):
        yield f"- an adult learner who is wilsonbekwaam counts as a minor: {TO_CHECK}"
    if provider := rule_set.provider_accused:
        yield (
            f"- the houder, a natural person, is the accused: only aangifteplicht, on "
            f"{provider.on}; {provider.article}, {_verified(provider.verified)}"
        )
    yield "\n| sector | article | from | until | age of the learner | text read | |"
    yield "|---|---|---|---|---|---|---|"
    yield from (_act(act, rule_set) for act in rule_set.acts)
    yield "\nAfter a refusal to file, counted in working days from the day after it:\n"
    yield "| step | by working day | who acts or is informed | |\n|---|---|---|---|"
    for rung in rule_set.ladder:
        yield f"| {rung.step} | {rung.working_day} | {rung.by} | {_verified(rung.verified)} |"
    yield ""


def _act(act: Act, rule_set: RuleSet) -> str:
    own = [f"{duty}: {act.articles[duty]}" for duty in Duty if duty in act.articles]
    first = max(act.valid_from, rule_set.valid_from)
    cells = [
        act.sector.value,
        "; ".join([act.article, *own]),
        first.isoformat() if rule_set.in_force else "",
        "" if act.valid_to == type(act.valid_to).max else act.valid_to.isoformat(),
        f"under {act.minor_under}" if act.minor_under else "any",
        act.text_date,
        _verified(act.verified),
    ]
    return f"| {' | '.join(cells)} |"


def _verified(verified: bool) -> str:
    return "verified" if verified else TO_CHECK


def _holidays() -> Iterator[str]:
    yield "## Days that are no working days\n"
    yield (
        "Saturday, Sunday and these. Good Friday and bridge days are working days "
        "([decision](decisions/working-days.md)).\n"
    )
    yield "| holiday | when |\n|---|---|"
    for holiday in holidays():
        yield f"| {holiday.name} | {_when(holiday)} |"


def _when(holiday: Holiday) -> str:
    if holiday.days_after_easter is not None:
        return f"{holiday.days_after_easter} days after Easter Sunday"
    said = f"day {holiday.day} of month {holiday.month}"
    if holiday.on_sunday_the_day_before:
        said += "; the day before if that is a Sunday"
    if holiday.every_years > 1:
        said += f"; in years that {holiday.every_years} divides"
    if holiday.first_year > 1:
        said += f"; from {holiday.first_year}"
    return said + f"; until {holiday.last_year}" * (holiday.last_year < 9999)
