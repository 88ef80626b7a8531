"""May this person do this: roles and what each allows; knows no Django.

Who may open which dossier is not here: `dossiers/access.py` decides that for each object.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import combinations

from vertrouwd.accounts.terms import Role


class Permission(StrEnum):
    """One thing that a page or an act may ask for."""

    KEEP_OWN_ACCOUNT = "keep own account"  # password, passkeys, sessions, locking
    HANDLE_CASES = (
        "handle cases"  # dossiers one is assigned to, on duty for, or breaks the glass for
    )
    DIVIDE_WORK = "divide work"  # assign dossiers, keep the duty rota and the conflicts of interest
    REVIEW_ACCESS = "review access"  # judge a broken glass, see the looks of colleagues
    GRANT_KEYS = "grant keys"  # let a colleague open what the team can open
    SEE_FIGURES = "see figures"  # counts, never a case
    RELEASE_FIGURES = "release figures"
    KEEP_PEOPLE = "keep people"  # accounts and roles
    KEEP_SETTINGS = "keep settings"
    READ_LOG = "read the log"
    REVIEW_RIGHTS = "review rights"  # the quarterly look at special rights
    KEEP_RETENTION = "keep retention"
    OVERSEE_REQUESTS = "oversee requests"  # of who asks about their data: clocks, never content


P = Permission
ROLES: dict[Role, frozenset[Permission]] = {
    Role.INSPECTOR: frozenset({P.HANDLE_CASES, P.GRANT_KEYS, P.SEE_FIGURES}),
    Role.COORDINATOR: frozenset(
        {P.HANDLE_CASES, P.GRANT_KEYS, P.SEE_FIGURES, P.DIVIDE_WORK, P.REVIEW_ACCESS}
    ),
    Role.ANALYST: frozenset({P.SEE_FIGURES}),
    Role.PUBLISHER: frozenset({P.SEE_FIGURES, P.RELEASE_FIGURES}),
    Role.ADMINISTRATOR: frozenset({P.KEEP_PEOPLE, P.KEEP_SETTINGS}),
    Role.PRIVACY_OFFICER: frozenset(
        {P.READ_LOG, P.REVIEW_RIGHTS, P.KEEP_RETENTION, P.OVERSEE_REQUESTS}
    ),
}
OF_EVERYBODY = frozenset({P.KEEP_OWN_ACCOUNT})

# Never a case: these roles are worth nothing when the same person also reads dossiers. And who
# gives the rights is not who checks them.
OPENS_CASES = frozenset({Role.INSPECTOR, Role.COORDINATOR})
NEVER_TOGETHER: frozenset[frozenset[Role]] = frozenset(
    frozenset({never, opens})
    for never in (Role.ANALYST, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)
    for opens in OPENS_CASES
) | {frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})}
# Looked at by a second person every quarter (BIO2).
SPECIAL = frozenset({Role.COORDINATOR, Role.PUBLISHER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with these roles may do."""
    return OF_EVERYBODY.union(*(ROLES[role] for role in roles))


def clashing(roles: Iterable[Role]) -> list[tuple[Role, Role]]:
    """The pairs of these roles that one person may not have."""
    pairs = combinations(sorted(set(roles)), 2)
    return [pair for pair in pairs if frozenset(pair) in NEVER_TOGETHER]
