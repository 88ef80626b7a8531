"""A real team and real people never begin in the home of a demonstration."""

from django.conf import settings
from django.core.management.base import CommandError

from vertrouwd.figures import demonstrations


def refuse_a_demonstration() -> None:
    """Raise CommandError when this home or its database holds invented cases or people."""
    from vertrouwd.dossiers.models import Report

    invented = Report.objects.filter(is_invented=True)
    if demonstrations.are_in(settings.VERTROUWD_HOME) or invented.exists():
        raise CommandError(
            "This home holds a demonstration, whose cases and people are invented. Real work "
            "begins in an empty one: name another folder as VERTROUWD_HOME.",
            returncode=1,
        )
