"""A team and its holders for the tests: `opened` is what a view gets after unlocking.

team = Team(); team.add(user); team.opened(user).texts(record, Purpose.THREAD)
"""

from django.utils import timezone

from vertrouwd.accounts.models import Holding, User, system_actor
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.holders import grant_holder
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.opening import Opened


class Team:
    """Made with its first holder; ask the fixture `home` first: the pin is kept there."""

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

    def _holder(self, user: User) -> HolderKey:
        secret = SecretKey.generate()
        holder = HolderKey.objects.create(
            public_key=secret.public.data, signature=b"", made_at=timezone.now()
        )
        Holding.objects.create(user=user, holder=holder)
        self._secrets[user.pk] = secret, holder
        return holder
