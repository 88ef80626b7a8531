"""Two who act on one account at the same moment: one act stands, and nobody meets a fault."""

import pytest

from tests.accounts.holders import SESSION, make_holder
from tests.at_once import at_once
from tests.people import PASSWORD, make_user
from vertrouwd.accounts.models import Invitation, Unlocked, User
from vertrouwd.accounts.people.actions import (
    NotPossible,
    accept_invitation,
    add_person,
    end_role,
    find_invitation,
    invite,
)
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock.keys import draft, make_key, retyped
from vertrouwd.accounts.unlock.session_key import begin
from vertrouwd.audit.models import Line
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey

# SQLite lets one write at a time.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = range(6)


@pytest.fixture
def keeper(transactional_db):
    return make_user("beheer", roles=[Role.ADMINISTRATOR])


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_a_code_of_an_invitation_works_once_also_when_three_come_with_it(keeper):
    for number in TIMES:
        person = add_person(username=f"nieuw{number}", by=keeper)
        invitation = find_invitation(invite(user=person, by=keeper))

        def accept(pk=person.pk, invitation=invitation):
            accept_invitation(invitation=invitation, password=PASSWORD, by=User.objects.get(pk=pk))

        assert kinds(at_once(accept, accept, accept)) == ["NoneType", "NotPossible", "NotPossible"]


def test_of_three_codes_for_one_person_the_last_one_works(keeper):
    for number in TIMES:
        person = add_person(username=f"nieuw{number}", by=keeper)
        codes = at_once(*[lambda person=person: invite(user=person, by=keeper)] * 3)
        assert [bool(find_invitation(code)) for code in codes].count(True) == 1


def test_who_has_just_chosen_a_password_is_not_invited_again(keeper):
    person = add_person(username="nieuw", by=keeper)
    seen_before = User.objects.get(pk=person.pk)
    accept_invitation(
        invitation=find_invitation(invite(user=person, by=keeper)), password=PASSWORD, by=person
    )
    with pytest.raises(NotPossible):
        invite(user=seen_before, by=keeper)
    assert not Invitation.objects.filter(used_at__isnull=True).exists()


def test_a_name_is_given_once(keeper):
    for number in TIMES:
        made = at_once(*[lambda n=number: add_person(username=f"nieuw{n}", by=keeper)] * 3)
        assert kinds(made) == ["NotPossible", "NotPossible", "User"]


def test_a_role_ends_once(keeper):
    for _ in TIMES:
        person = make_user(roles=[Role.INSPECTOR])
        ended = at_once(
            *[lambda person=person: end_role(user=person, role=Role.INSPECTOR, by=keeper)] * 3
        )
        assert kinds(ended) == ["NoneType", "NotPossible", "NotPossible"]
    assert Line.objects.filter(action="end_role").count() == len(TIMES)


def test_two_clicks_unlock_once(home, keeper):
    person = make_user(roles=[Role.INSPECTOR])
    held = make_holder(person)

    def unlock() -> bytes:
        return begin(
            secret=held.secret, holder=held.holder, session_key="a", by=person, way="passphrase"
        )

    for _ in TIMES:
        assert kinds(at_once(unlock, unlock, unlock)) == ["bytes"] * 3
        assert Unlocked.objects.count() == 1


def test_two_clicks_make_one_key(home, keeper):
    for _ in TIMES:
        person = make_user(roles=[Role.INSPECTOR])
        shown = draft(SecretKey.generate(), session_key=SESSION, by=person)
        typed = retyped(shown.travelling, shown.phrase, session_key=SESSION, by=person)
        made = at_once(*[lambda typed=typed, person=person: make_key(made=typed, by=person)] * 3)
        assert kinds(made) == ["HolderKey"] * 3
        assert HolderKey.objects.filter(holding__user=person).count() == 1
    assert HolderKey.objects.count() == len(TIMES)
