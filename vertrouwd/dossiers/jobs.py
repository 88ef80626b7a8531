"""The work of the dossiers that may wait."""

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.jobs.kinds import kind
from vertrouwd.jobs.moments import Nightly


@kind("forget_drafts", gettext_lazy("Oude kladden wissen"), every=Nightly(time(4, 20)))
def forget_drafts() -> int:
    """Delete the drafts that nobody saved for two weeks."""
    from vertrouwd.dossiers.drafts import forget_old_drafts

    return forget_old_drafts(now=timezone.now())
