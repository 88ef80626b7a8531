"""A team for the tests: a holder who can open, without a ceremony.

opened = make_opened_team(home)
"""

from django.utils import timezone

from vertrouwd.accounts.models import system_actor
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.opening import Opened


def make_opened_team() -> Opened:
    """A founded team with one holder, unlocked; pinned in the home folder of the test."""
    secret = SecretKey.generate()
    holder = HolderKey.objects.create(public_key=secret.public.data, made_at=timezone.now())
    make_team(holders=[holder], by=system_actor())
    holder.refresh_from_db()
    return Opened(secret, holder)
