"""The ledger: where each report is follows from events that are only ever added."""

from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.dossiers.ledger import Event, kept_apart, membership, moves, standing
from vertrouwd.dossiers.terms import LedgerKind

JOINED, SEPARATED = LedgerKind.JOINED, LedgerKind.SEPARATED
NOT_THE_SAME, UNDONE = LedgerKind.NOT_THE_SAME, LedgerKind.UNDONE

# Reports 1, 2 and 3 in dossiers of their own: 10, 20, 30.
INTAKE = [Event(n, JOINED, report=n, dossier=10 * n) for n in (1, 2, 3)]


def test_each_report_begins_in_its_own_dossier() -> None:
    assert membership(INTAKE) == {1: 10, 2: 20, 3: 30}


def test_joining_moves_every_report_in_the_dossier_and_no_other() -> None:
    events = [*INTAKE, Event(4, JOINED, source=10, dossier=20)]
    assert membership(events) == {1: 20, 2: 20, 3: 30}
    events.append(Event(5, JOINED, source=20, dossier=30))
    assert membership(events) == {1: 30, 2: 30, 3: 30}


def test_a_report_that_came_after_a_join_stays_where_it_was_put() -> None:
    events = [
        *INTAKE,
        Event(4, JOINED, source=10, dossier=20),
        Event(5, JOINED, report=4, dossier=10),
    ]
    assert membership(events)[4] == 10


def test_separating_moves_one_report() -> None:
    events = [
        *INTAKE,
        Event(4, JOINED, source=10, dossier=20),
        Event(5, SEPARATED, report=1, source=20, dossier=40),
    ]
    assert membership(events) == {1: 40, 2: 20, 3: 30}


def test_an_undone_join_never_happened_to_the_reports() -> None:
    events = [*INTAKE, Event(4, JOINED, source=10, dossier=20), Event(5, UNDONE, undoes=4)]
    assert membership(events) == membership(INTAKE)
    assert standing(events) == INTAKE


def test_an_undo_can_be_undone_any_number_of_times() -> None:
    join = Event(4, JOINED, source=10, dossier=20)
    events = [*INTAKE, join]
    for number in range(5, 12):
        events.append(Event(number, UNDONE, undoes=number - 1))
        holds = (number - 4) % 2 == 0
        assert (join in standing(events)) is holds
        assert membership(events)[1] == (20 if holds else 10)


def test_taking_back_an_earlier_join_leaves_the_later_one() -> None:
    events = [
        *INTAKE,
        Event(4, JOINED, source=10, dossier=20),
        Event(5, JOINED, source=20, dossier=30),
        Event(6, UNDONE, undoes=4),
    ]
    assert membership(events) == {1: 10, 2: 30, 3: 30}


def test_not_the_same_moves_nothing_and_is_remembered_until_undone() -> None:
    events = [*INTAKE, Event(4, NOT_THE_SAME, source=10, dossier=20)]
    assert membership(events) == membership(INTAKE)
    assert kept_apart(events) == {frozenset((10, 20))}
    assert kept_apart([*events, Event(5, UNDONE, undoes=4)]) == set()


def test_moves_names_only_reports_that_are_elsewhere() -> None:
    assert moves({1: 10, 2: 20}, {1: 20, 2: 20}) == {1: 20}


@st.composite
def ledgers(draw: st.DrawFn) -> list[Event]:
    """Any events, sensible or not: the fold must give an answer to all."""
    events = list(INTAKE)
    for number in range(4, 4 + draw(st.integers(0, 10))):
        dossier, other = (draw(st.sampled_from([10, 20, 30, 40])) for _ in range(2))
        report = draw(st.integers(1, 3))
        events.append(
            draw(
                st.sampled_from(
                    [
                        Event(number, JOINED, source=dossier, dossier=other),
                        Event(number, SEPARATED, report=report, source=dossier, dossier=other),
                        Event(number, NOT_THE_SAME, source=dossier, dossier=other),
                        Event(number, UNDONE, undoes=draw(st.integers(4, max(4, number - 1)))),
                    ]
                )
            )
        )
    return events


def told_plainly(events: list[Event]) -> dict[int, int]:
    """The oracle: read the definition aloud."""

    def holds(event: Event) -> bool:
        return not any(e.undoes == event.number and holds(e) for e in events if e != event)

    where: dict[int, int] = {}
    for event in events:
        if not holds(event) or event.kind in (NOT_THE_SAME, UNDONE):
            continue
        for report in (1, 2, 3):
            if report == event.report or (
                event.report is None and where.get(report) == event.source
            ):
                where[report] = event.dossier or 0
    return where


@given(ledgers())
def test_the_fold_is_the_definition(events: list[Event]) -> None:
    assert membership(events) == told_plainly(events)


@given(ledgers(), st.randoms())
def test_the_order_in_which_events_are_read_does_not_matter(events: list[Event], random) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert membership(shuffled) == membership(events)


@given(ledgers())
def test_every_report_is_always_in_exactly_one_dossier(events: list[Event]) -> None:
    for length in range(len(INTAKE), len(events) + 1):
        assert set(membership(events[:length])) == {1, 2, 3}


@given(ledgers(), st.sampled_from([10, 20, 30]), st.sampled_from([10, 20, 30]))
def test_an_act_and_its_undo_change_nothing(events: list[Event], source: int, into: int) -> None:
    number = len(events) + 1
    for act in (
        Event(number, JOINED, source=source, dossier=into),
        Event(number, SEPARATED, report=1, source=source, dossier=50),
    ):
        undone = [*events, act, Event(number + 1, UNDONE, undoes=number)]
        assert membership(undone) == membership(events)
        redone = [*undone, Event(number + 2, UNDONE, undoes=number + 1)]
        assert membership(redone) == membership([*events, act])
