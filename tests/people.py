"""People who work here, for the tests: made with their roles, and logged in with both steps."""

import time
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from vertrouwd.accounts.models import RoleGrant, User, system_actor
from vertrouwd.accounts.terms import Role

PASSWORD = "zeven groene fietsen in de regen"
NUMBERS = count(1)
_hashed: list[str] = []


def make_user(
    username: str = "", *, roles: Iterable[Role] = (), name: str = "", **fields: Any
) -> User:
    """A person with these roles and PASSWORD."""
    if not _hashed:
        _hashed.append(make_password(PASSWORD))
    user = User.objects.create(
        username=username or f"collega{next(NUMBERS)}", name=name, password=_hashed[0], **fields
    )
    for role in roles:
        RoleGrant.objects.create(
            user=user, role=role, granted_at=timezone.now(), granted_by=system_actor()
        )
    return user


def log_in(client: Any, user: User, *, second_step: bool = True) -> None:
    """Give the test client a session of this person, with both steps just done unless told
    otherwise.

    For pages of the casework: ask the fixture `casework` first.
    """
    from vertrouwd.accounts.login.steps import BACKEND, SECOND, SHOWN_AT

    client.force_login(user, backend=BACKEND)
    if second_step:
        session = client.session
        session[SECOND] = "test"
        session[SHOWN_AT] = time.time()
        session.save()
