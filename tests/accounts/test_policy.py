"""Who may do what: each role with all it may do, and everything else it may not."""

from itertools import combinations

import pytest

from tests.people import make_user
from vertrouwd.accounts.models import UserKind, system_actor
from vertrouwd.accounts.policy import (
    NEVER_TOGETHER,
    OF_EVERYBODY,
    OPENS_CASES,
    ROLES,
    SPECIAL,
    Permission,
    clashing,
    permissions_of,
)
from vertrouwd.accounts.terms import Role

P, R = Permission, Role
# Written out a second time on purpose: a change of the policy is a change of this table.
MAY = {
    R.INSPECTOR: {P.HANDLE_CASES, P.GRANT_KEYS, P.SEE_FIGURES},
    R.COORDINATOR: {
        P.HANDLE_CASES, P.GRANT_KEYS, P.SEE_FIGURES, P.DIVIDE_WORK, P.REVIEW_ACCESS,
    },
    R.ANALYST: {P.SEE_FIGURES},
    R.PUBLISHER: {P.SEE_FIGURES, P.RELEASE_FIGURES},
    R.ADMINISTRATOR: {P.KEEP_PEOPLE, P.KEEP_SETTINGS},
    R.PRIVACY_OFFICER: {
        P.READ_LOG, P.REVIEW_RIGHTS, P.KEEP_RETENTION, P.OVERSEE_REQUESTS,
    },
}  # fmt: skip
NEVER = {
    (R.ANALYST, R.INSPECTOR),
    (R.ANALYST, R.COORDINATOR),
    (R.ADMINISTRATOR, R.INSPECTOR),
    (R.ADMINISTRATOR, R.COORDINATOR),
    (R.PRIVACY_OFFICER, R.INSPECTOR),
    (R.PRIVACY_OFFICER, R.COORDINATOR),
    (R.ADMINISTRATOR, R.PRIVACY_OFFICER),
}
TOUCHES_CASES = {P.HANDLE_CASES, P.GRANT_KEYS, P.DIVIDE_WORK, P.REVIEW_ACCESS}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_policy_says_and_nothing_else(role, permission):
    allowed = permission in MAY[role] or permission is P.KEEP_OWN_ACCOUNT
    assert (permission in permissions_of([role])) is allowed


def test_who_has_no_role_may_keep_the_own_account_and_nothing_else():
    assert permissions_of([]) == OF_EVERYBODY == {P.KEEP_OWN_ACCOUNT}


def test_every_role_is_decided_and_every_permission_is_somebodys():
    assert set(ROLES) == set(Role)
    assert permissions_of(Role) == set(Permission)


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(Role), 2)))
def test_two_roles_go_together_unless_one_would_make_the_other_worthless(one, other):
    forbidden = (one, other) in NEVER or (other, one) in NEVER
    assert clashing([one, other]) == ([(one, other)] if forbidden else [])
    assert (frozenset({one, other}) in NEVER_TOGETHER) is forbidden


def test_no_combination_that_is_possible_joins_people_or_log_with_cases():
    """All 64 sets of roles, as somebody could collect them one by one."""
    roles = sorted(Role)
    possible = [
        chosen
        for size in range(len(roles) + 1)
        for chosen in combinations(roles, size)
        if not clashing(chosen)
    ]
    assert len(possible) > len(roles)
    for chosen in possible:
        may = permissions_of(chosen)
        if may & TOUCHES_CASES:
            assert not may & {P.KEEP_PEOPLE, P.KEEP_SETTINGS, P.READ_LOG, P.REVIEW_RIGHTS}, chosen
        assert not {P.KEEP_PEOPLE, P.REVIEW_RIGHTS} <= may, chosen


def test_who_opens_cases_is_inspector_or_coordinator():
    assert {role for role in Role if P.HANDLE_CASES in ROLES[role]} == OPENS_CASES


def test_special_rights_are_those_over_people_work_publication_and_log():
    assert {role for role in Role if role not in SPECIAL} == {R.INSPECTOR, R.ANALYST}


def test_a_person_may_what_the_roles_of_now_allow(db):
    person = make_user(roles=[R.PUBLISHER])
    assert person.may(P.RELEASE_FIGURES)
    assert not person.may(P.HANDLE_CASES)
    grant = person.role_grants.get()
    grant.ended_at, grant.ended_by = grant.granted_at, system_actor()
    grant.save()
    assert not person.may(P.RELEASE_FIGURES)


@pytest.mark.parametrize("changed", [{"is_active": False}, {"kind": UserKind.SYSTEM}])
def test_who_left_or_is_no_person_may_nothing(db, changed):
    person = make_user(roles=[R.COORDINATOR])
    for name, value in changed.items():
        setattr(person, name, value)
    assert not [permission for permission in Permission if person.may(permission)]
