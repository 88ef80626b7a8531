"""Who else works here, as far as a page of the desk may offer to choose from."""

from vertrouwd.accounts.models import User, UserKind
from vertrouwd.accounts.policy import ROLES, Permission


def who_may(permission: Permission) -> list[User]:
    """The people whose role allows it now, by name."""
    roles = [role for role, allowed in ROLES.items() if permission in allowed]
    people = User.objects.filter(
        kind=UserKind.PERSON,
        is_active=True,
        role_grants__role__in=roles,
        role_grants__ended_at__isnull=True,
    )
    return list(people.distinct().order_by("name", "username"))


def shown(person: User) -> str:
    """How a page names a colleague."""
    return person.name or person.username
