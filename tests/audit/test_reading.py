"""The log is read a page at a time, newest first, by whatever a privacy officer asks."""

from datetime import UTC, datetime

import pytest
import time_machine

from vertrouwd.audit.reading import actions, actors, lines, looks_of
from vertrouwd.audit.record import LIST, look, record, refuse


class Person:
    def __init__(self, username: str) -> None:
        self.username = username


@pytest.fixture
def log(db) -> None:
    for day in range(1, 6):
        with time_machine.travel(f"2026-11-0{day}T12:00:00Z", tick=False):
            look(by=Person("anna"), kind="dossier", object=f"D-000000{day}")
    with time_machine.travel("2026-11-06T12:00:00Z", tick=False):
        look(by=Person("anna"), kind="dossier", action=LIST, count=5)
        record(by=Person("bert"), action="join", kind="dossier", object="D-0000001")
        refuse(by=Person("anna"), action="look", kind="dossier", object="D-0000009")


def objects(page) -> list[str]:
    return [line.object for line in page]


def test_pages_follow_on_each_other_without_a_gap(log) -> None:
    first = lines(size=3)
    second = lines(size=3, before=first.older)
    third = lines(size=3, before=second.older)
    assert [len(first), len(second), len(third)] == [3, 3, 2]
    assert third.older is None
    keys = [line.pk for page in (first, second, third) for line in page]
    assert keys == sorted(keys, reverse=True)
    assert len(set(keys)) == 8


def test_the_last_page_that_is_just_full_says_there_is_no_next(log) -> None:
    assert lines(size=8).older is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "bert"}, ["D-0000001"]),
        ({"object": "D-0000001"}, ["D-0000001", "D-0000001"]),
        ({"action": "join"}, ["D-0000001"]),
        ({"result": "refused"}, ["D-0000009"]),
        ({"kind": "people"}, []),
        ({"actor": "anna", "until": datetime(2026, 11, 2, 13, tzinfo=UTC)},
         ["D-0000002", "D-0000001"]),
        ({"since": datetime(2026, 11, 5, 12, tzinfo=UTC), "action": "look"},
         ["D-0000009", "D-0000005"]),
    ],
)  # fmt: skip
def test_each_question_narrows_what_is_shown(log, asked, found) -> None:
    assert objects(lines(**asked)) == found


def test_the_looks_of_one_person_hold_lists_and_refused_looks_but_no_acts(log) -> None:
    assert len(looks_of("anna")) == 7
    assert len(looks_of("bert")) == 0


def test_a_page_is_never_larger_than_can_be_shown(log) -> None:
    assert len(lines(size=0)) == 1
    assert len(lines(size=10**9)) == 8


def test_the_choices_of_a_filter_are_what_is_in_the_log(log) -> None:
    assert actors() == ["anna", "bert"]
    assert actions() == ["join", "list", "look"]
