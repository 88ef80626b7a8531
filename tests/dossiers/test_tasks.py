"""What remains to be done for a dossier: made, taken, done, and not done after all."""

from datetime import date

import pytest

from tests.dossiers.casework import Office
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.models import Task
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.tasks import add_task, finish_task, take_task, unfinish_task, words_of

FACTS = {"kind": TaskKind.CALL_BACK, "due_on": date(2026, 12, 1)}


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def make(office: Office, dossier=None, **changes) -> Task:
    facts = FACTS | {"words": "Na tien uur.", **changes}
    dossier = dossier or office.dossier()
    return add_task(dossier, by=office.inspector, opened=office.opened, **facts)


def test_the_words_of_a_task_are_sealed(office) -> None:
    task = make(office)
    assert words_of(task, opened=office.opened) == "Na tien uur."
    assert words_of(task, opened=None) is None
    assert "tien" not in str(list(Line.objects.values()))


def test_a_task_may_have_no_words_and_no_owner(office) -> None:
    task = make(office, words="")
    assert (words_of(task, opened=office.opened), task.owner) == ("", None)


def test_a_form_that_is_sent_twice_makes_one_task(office) -> None:
    dossier = office.dossier()
    first = make(office, dossier)
    assert make(office, dossier) == first
    assert make(office, dossier, words="Na elf uur.") != first
    assert make(office, dossier, after=Task.objects.last().pk) != first


def test_a_task_is_taken_done_and_opened_again(office) -> None:
    task = take_task(make(office), by=office.inspector)
    assert task.owner == office.inspector
    with pytest.raises(Refused, match="al van u"):
        take_task(task, by=office.inspector)
    finish_task(task, by=office.inspector)
    for act in (finish_task, take_task):
        with pytest.raises(Refused, match="al gedaan"):
            act(task, by=office.coordinator)
    task = unfinish_task(task, by=office.inspector)
    assert (task.done_at, task.done_by) == (None, None)
    with pytest.raises(Refused, match="staat al open"):
        unfinish_task(task, by=office.inspector)


def test_a_task_goes_only_to_who_may_open_the_dossier(office) -> None:
    colleague = office.colleague()
    with pytest.raises(Refused, match="niet openen"):
        make(office, owner=colleague)
    assert make(office, office.dossier(colleague), owner=colleague).owner == colleague


@pytest.mark.parametrize("change", [{"kind": "koffie"}, {"words": "a" * 2001}])
def test_what_is_no_task_is_refused(office, change) -> None:
    with pytest.raises(Refused):
        make(office, **change)
