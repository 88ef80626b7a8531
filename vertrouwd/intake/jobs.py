"""The work of the public door that may wait. It knows no key: it takes away what is over."""

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.jobs.kinds import kind
from vertrouwd.jobs.moments import Hourly, Nightly
from vertrouwd.jobs.system import SYSTEM


@kind("forget_sent_forms", gettext_lazy("Verstuurde formulieren vergeten"), every=Hourly(minute=20))
def forget_sent_forms() -> int:
    """Delete what tells that a form was sent, a day after it was."""
    from vertrouwd.intake import sent_forms

    return sent_forms.forget_sent_forms(now=timezone.now())


@kind(
    "destroy_expired_records",
    gettext_lazy("Wissen wat een melder vastlegde en niet verstuurde"),
    every=Nightly(time(3, 40)),
)
def destroy_expired_records() -> int:
    """Destroy the records that nobody released in time, with their files."""
    from vertrouwd.intake import kept_records

    return kept_records.destroy_expired(by=SYSTEM, now=timezone.now())


@kind("destroy_stray_files", gettext_lazy("Bestanden van niemand wissen"), every=Hourly(minute=35))
def destroy_stray_files() -> int:
    """Take away files of no report and no record, that came in with a form that was not stored."""
    from vertrouwd.intake import stray_files

    return stray_files.destroy_stray_files(now=timezone.now())
