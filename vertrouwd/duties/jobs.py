"""The work of the duties that may wait."""

from datetime import time

from django.utils.translation import gettext_lazy

from vertrouwd.jobs.kinds import kind
from vertrouwd.jobs.moments import Nightly


@kind("keep_due_days", gettext_lazy("Dagen van plichten nalopen"), every=Nightly(time(4, 30)))
def keep_due_days() -> int:
    """Work out anew by which day each dossier is asked something."""
    from vertrouwd.duties.due_days import keep_every_due_day

    return keep_every_due_day()
