"""What the pages of the work list show: tabs, filters, rows, kept choices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.desk.privacy_requests.lists import Row as RequestRow
from vertrouwd.desk.privacy_requests.lists import rows_of as requests_of
from vertrouwd.desk.worklist import lists, rows
from vertrouwd.desk.worklist.choices import FILTERS, LISTS, SORTS, Choice, List
from vertrouwd.desk.worklist.keyset import Place, slice_of
from vertrouwd.desk.worklist.rows import Row
from vertrouwd.desk.worklist.saved import Kept, kept_by
from vertrouwd.desk.worklist.table import table
from vertrouwd.dossiers.access import is_on_duty

ON_A_PAGE = 50
OF_EACH = 25  # on the list of what is due: what duties ask, and tasks


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


class Sides(NamedTuple):
    """The words in an address that say beside which row of a table a page begins."""

    after: str
    before: str

    def are_in(self, asked: Mapping[str, str]) -> bool:
        """Whether a further page of this table is asked for."""
        return any(Place.read(asked.get(word, "")) for word in self)

    def of(self, asked: Mapping[str, str]) -> dict[str, str]:
        """What the address says of each side; empty where it says nothing."""
        return {side: asked.get(word, "") for side, word in self._asdict().items()}


OF_ROWS, OF_DUTIES = Sides("na", "voor"), Sides("plicht_na", "plicht_voor")


@dataclass(frozen=True)
class Part:
    """One table: its rows, and where the pages beside it begin."""

    label: str
    rows: list[Row]
    sides: Sides
    before: Place | None
    after: Place | None

    @property
    def is_legal(self) -> bool:
        return self.sides is OF_DUTIES

    @property
    def table(self) -> SafeString:
        return table(self.rows, label=self.label)


@dataclass(frozen=True)
class WorkList:
    """Everything the page shows."""

    choice: Choice
    tabs: list[Tab]
    selects: list[Select]
    parts: list[Part]  # without those that have none
    requests: list[RequestRow]  # about one's own data, on the list of what is due
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
    def shown(self) -> int:
        return sum(len(part.rows) for part in self.parts) + len(self.requests)


def work_list(choice: Choice, person: User, *, asked: Mapping[str, str], now: datetime) -> WorkList:
    """Read one page of the chosen list; `asked` are the words of the address."""
    on_duty = is_on_duty(person, now=now)
    requests: list[RequestRow] = []
    if choice.list != List.DUE:
        parts = [_dossiers(choice, person, asked, now=now)]
    elif OF_DUTIES.are_in(asked):
        parts = [_duties(choice, person, asked, now=now)]
    elif OF_ROWS.are_in(asked):
        parts = [_tasks(choice, person, asked, now=now)]
    else:
        parts = [each(choice, person, asked, now=now) for each in (_duties, _tasks)]
        requests = requests_of(lists.requests_due(choice, person, now=now), with_stage=False)
    return WorkList(
        choice=choice,
        tabs=tabs(choice, is_on_duty=on_duty),
        selects=selects(choice, with_sort=choice.list != List.DUE),
        parts=[part for part in parts if part.rows or part.after],
        requests=requests,
        kept=kept_by(person, shown=choice),
        is_on_duty=on_duty,
    )


def _dossiers(choice: Choice, person: User, asked: Mapping[str, str], *, now: datetime) -> Part:
    found = slice_of(
        lists.dossiers_of(choice, person, now=now), lists.order_of(choice),
        size=ON_A_PAGE, **OF_ROWS.of(asked),
    )  # fmt: skip
    shown = rows.rows_of(found.rows, by=person, now=now)
    return Part(gettext("Dossiers"), shown, OF_ROWS, found.before, found.after)


def _duties(choice: Choice, person: User, asked: Mapping[str, str], *, now: datetime) -> Part:
    found = slice_of(
        lists.with_duty_due(choice, person, now=now), lists.BY_DUTY,
        size=OF_EACH, **OF_DUTIES.of(asked),
    )  # fmt: skip
    shown = rows.rows_of_duties(found.rows, now=now)
    return Part(gettext("Plichten uit de wet"), shown, OF_DUTIES, found.before, found.after)


def _tasks(choice: Choice, person: User, asked: Mapping[str, str], *, now: datetime) -> Part:
    found = slice_of(
        lists.tasks_due(choice, person, now=now), lists.BY_DUE,
        size=OF_EACH, **OF_ROWS.of(asked),
    )  # fmt: skip
    shown = rows.rows_of_tasks(found.rows, now=now)
    return Part(gettext("Taken"), shown, OF_ROWS, found.before, found.after)


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
