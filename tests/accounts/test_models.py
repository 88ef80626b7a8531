"""Who acts: people, and the system itself."""

import pytest
from django.db import IntegrityError, transaction

from vertrouwd.accounts.models import User, UserKind, system_actor


def test_the_system_is_one_actor_however_often_it_is_asked_for(db) -> None:
    assert system_actor() == system_actor()
    assert User.objects.get().kind == UserKind.SYSTEM


def test_the_system_cannot_log_in(db) -> None:
    assert not system_actor().has_usable_password()
    assert not User.objects.get().check_password("")


def test_a_person_is_found_by_a_name_that_is_taken_once(db) -> None:
    user = User.objects.create(username="inspecteur", name="Een inspecteur")
    assert User.objects.get_by_natural_key("inspecteur") == user
    assert user.kind == UserKind.PERSON
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="inspecteur")
