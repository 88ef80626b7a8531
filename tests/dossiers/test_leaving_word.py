"""Word of what was seen through broken glass becomes a task in the dossiers that it is about."""

import pytest
from django.utils import timezone

from tests.at_once import at_once
from tests.dossiers.casework import Office, behind_glass
from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.leaving_word import leave_word
from vertrouwd.dossiers.models import Task


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_leave_word_at_once_from_either_side_both_leave_it(home) -> None:
    office = Office()
    one, other = office.dossier(), office.dossier()
    people = [office.colleague(), office.colleague()]
    for person in people:
        office.team.add(person)
        behind_glass(one, person)
        behind_glass(other, person)
    for words in ("Zelfde vest.", "Zelfde gang.", "Zelfde dag.", "Zelfde stem."):
        facts = {"kind": TaskKind.SAME_CASE, "due_on": timezone.localdate(), "words": words}
        left = at_once(
            *[
                lambda by=by, pair=pair, facts=facts: leave_word(
                    pair[0], other=pair[1], by=by, opened=office.team.opened(by), **facts
                )
                for by, pair in zip(people, ((one, other), (other, one)), strict=True)
            ]
        )
        assert [len(tasks) for tasks in left if isinstance(tasks, list)] == [2, 2], left
    assert Task.objects.count() == 16
