"""The work of the accounts that may wait."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.jobs.kinds import kind
from vertrouwd.jobs.moments import Hourly


@kind("sweep_sessions", gettext_lazy("Verlopen sessies opruimen"), every=Hourly(minute=5))
def sweep_sessions() -> int:
    """End the sessions that were left alone too long, and lock what was unlocked in them."""
    from vertrouwd.accounts.login.sessions import sweep

    return sweep(now=timezone.now())
