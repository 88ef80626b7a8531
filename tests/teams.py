"""Teams for the tests, without a ceremony; ask the fixture `home` first: the pin is kept there.

opened = make_opened_team()
team = Team(user); team.add(other); team.opened(other).texts(record, Purpose.THREAD)
"""

from typing import Any

from django.utils import timezone

from vertrouwd.accounts.models import Holding, User, system_actor
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.holders import grant_holder
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.opening import Opened


def make_opened_team() -> Opened:
    """A founded team with one holder who is nobody, unlocked."""
    secret, holder = _new_holder()
    make_team(holders=[holder], by=system_actor())
    holder.refresh_from_db()
    return Opened(secret, holder)


class Team:
    """A team made with its first holder: `opened` is what a view gets after unlocking."""

    def __init__(self, first: User) -> None:
        self._secrets: dict[int, tuple[SecretKey, HolderKey]] = {}
        make_team(holders=[self._holder(first)], by=system_actor())
        self._first = first

    def add(self, user: User) -> Opened:
        """Grant one more person the team."""
        grant_holder(self._holder(user), opened=self.opened(self._first), by=system_actor())
        return self.opened(user)

    def opened(self, user: User) -> Opened:
        """As after unlocking."""
        return Opened(*self._secrets[user.pk])

    def secret(self, user: User) -> tuple[SecretKey, HolderKey]:
        """The holder's secret, to unlock a session with."""
        return self._secrets[user.pk]

    def unlock(self, client: Any, user: User) -> None:
        """Unlock the session of a test client, as the page does; casework only."""
        from vertrouwd.accounts.unlock.session_key import COOKIE, begin, cookie_value

        secret, holder = self._secrets[user.pk]
        key = begin(
            secret=secret, holder=holder, session_key=client.session.session_key, by=user,
            way="passphrase",
        )  # fmt: skip
        client.cookies[COOKIE] = cookie_value(key)

    def _holder(self, user: User) -> HolderKey:
        secret, holder = _new_holder()
        Holding.objects.create(user=user, holder=holder)
        self._secrets[user.pk] = secret, holder
        return holder


def _new_holder() -> tuple[SecretKey, HolderKey]:
    secret = SecretKey.generate()
    return secret, HolderKey.objects.create(public_key=secret.public.data, made_at=timezone.now())
