"""What the pages of the work list show: tabs, filters, rows, kept choices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.desk.privacy_requests.pages import Row as RequestRow
from vertrouwd.desk.privacy_requests.pages import rows_of as requests_of
from vertrouwd.desk.worklist import lists, rows
from vertrouwd.desk.worklist.choices import FILTERS, LISTS, SORTS, Choice, List
from vertrouwd.desk.worklist.keyset import Place, slice_of
from vertrouwd.desk.worklist.rows import Row
from vertrouwd.desk.worklist.saved import Kept, kept_by
from vertrouwd.desk.worklist.table import table
from vertrouwd.dossiers.access import is_on_duty
from vertrouwd.dossiers.models import Dossier
from vertrouwd.duties.asking import numbers_asking

ON_A_PAGE = 50
TASKS_ON_A_PAGE = 25  # under what the duties ask
MOST_WITH_DUTIES = 50
AT_ONCE = 500  # numbers in one question


@dataclass(frozen=True)
class Tab:
    """One list to go to, with the filters of now."""

    address: str
    words: str
    is_here: bool


@dataclass(frozen=True)
class Select:
    """One filter as a form shows it."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]  # code, words, chosen


@dataclass(frozen=True)
class WorkList:
    """Everything the page shows."""

    choice: Choice
    tabs: list[Tab]
    selects: list[Select]
    rows: list[Row]
    legal: list[Row]  # on the list of what is due: what a duty asks
    has_more_legal: bool
    requests: list[RequestRow]  # there as well: requests about one's own data
    before: Place | None
    after: Place | None
    kept: list[Kept]
    is_on_duty: bool

    @property
    def is_due(self) -> bool:
        return self.choice.list == List.DUE

    @property
    def is_kept(self) -> bool:
        return any(each.is_shown for each in self.kept)

    @property
    def more(self) -> str:
        """What follows a place in the address of a further page."""
        return f"&{self.choice.query}" if self.choice.query else ""

    @property
    def table(self) -> SafeString:
        return table(self.rows, label=gettext("Taken") if self.is_due else gettext("Dossiers"))

    @property
    def legal_table(self) -> SafeString:
        return table(self.legal, label=gettext("Plichten uit de wet"))

    @property
    def shown(self) -> int:
        return len(self.rows) + len(self.legal) + len(self.requests)


def work_list(choice: Choice, person: User, *, after: str, before: str, now: datetime) -> WorkList:
    """Read one page of the chosen list."""
    on_duty = is_on_duty(person, now=now)
    legal: list[Row] = []
    with_duties: list[Dossier] = []
    asked: list[RequestRow] = []
    found: list[Row]
    if choice.list == List.DUE:
        tasks = lists.tasks_due(choice, person, now=now)
        part: Any = slice_of(tasks, lists.BY_DUE, size=TASKS_ON_A_PAGE, after=after, before=before)
        found = rows.rows_of_tasks(part.rows, now=now)
        if part.before is None:
            with_duties = _with_duties(choice, person, now=now)
            legal = rows.rows_of_duties(with_duties[:MOST_WITH_DUTIES], now=now)
            asked = requests_of(lists.requests_due(choice, person, now=now), with_stage=False)
    else:
        dossiers = lists.dossiers_of(choice, person, now=now)
        order = lists.order_of(choice)
        part = slice_of(dossiers, order, size=ON_A_PAGE, after=after, before=before)
        found = rows.rows_of(part.rows, now=now)
    return WorkList(
        choice=choice,
        tabs=tabs(choice, is_on_duty=on_duty),
        selects=selects(choice, with_sort=choice.list != List.DUE),
        rows=found,
        legal=legal,
        has_more_legal=len(with_duties) > MOST_WITH_DUTIES,
        requests=asked,
        before=part.before,
        after=part.after,
        kept=kept_by(person, shown=choice),
        is_on_duty=on_duty,
    )


def _with_duties(choice: Choice, person: User, *, now: datetime) -> list[Dossier]:
    """Where a ladder runs, or a step of the road is waited for: the newest, and one more."""
    seen = lists.dossiers_of(choice, person, now=now).order_by("-pk")
    newest = sorted(numbers_asking(), reverse=True)
    found: list[Dossier] = []
    while newest and len(found) <= MOST_WITH_DUTIES:
        some, newest = newest[:AT_ONCE], newest[AT_ONCE:]
        found += seen.filter(pk__in=some)[: MOST_WITH_DUTIES + 1 - len(found)]
    return found


def tabs(choice: Choice, *, is_on_duty: bool) -> list[Tab]:
    """The lists; what nobody handles is for who is on duty."""
    shown: Iterable[List] = LISTS if is_on_duty else (e for e in LISTS if e != List.UNASSIGNED)
    return [Tab(choice.of(e).address, str(LISTS[e]), e == choice.list) for e in shown]


def selects(choice: Choice, *, with_sort: bool) -> list[Select]:
    """The filters of this list; where a list is of one state, that is not asked."""
    of_one_state = choice.list in (List.WAITING, List.CLOSED)
    found = [
        Select(
            each.name,
            str(each.label),
            _options(
                [("", gettext("alle")), *((c, gettext(v)) for c, v in each.values.items())],
                choice.filters.get(each.name, ""),
            ),
        )
        for each in FILTERS
        if not (each.name == "stand" and of_one_state)
    ]
    if with_sort:
        words = [(sort.value, str(text)) for sort, text in SORTS.items()]
        found.append(Select("volgorde", gettext("Volgorde"), _options(words, choice.sort)))
    return found


def _options(words: Sequence[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
    return [(code, text, code == chosen) for code, text in words]


@dataclass(frozen=True)
class SearchPage:
    """In which list is searched, and with which filters."""

    choice: Choice
    lists: list[tuple[str, str, bool]]
    selects: list[Select]


# What is due is a list of tasks: the dossiers behind it are those of the whole team.
SEARCHED = (List.MINE, List.TEAM, List.WAITING, List.CLOSED)


def search_page(choice: Choice) -> SearchPage:
    """Where to search: in one list, with its filters."""
    choice = choice if choice.list in SEARCHED else choice.of(List.TEAM)
    options = [(each.value, str(LISTS[each])) for each in SEARCHED]
    return SearchPage(choice, _options(options, choice.list), selects(choice, with_sort=False))
