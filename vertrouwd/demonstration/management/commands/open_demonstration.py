"""Give a demonstration its people and a throw-away team.

Makes an inspector, a coordinator, two publishers, an analyst, an administrator and a privacy
officer, with passwords, codes and passphrases in `demonstration.txt` in the home folder (mode
0600); founds a team that the first two can open; gives the newest invented dossiers to the
inspector and seals invented narratives in them. `make run` does it by itself, and so does `serve`
in an empty home. Done twice, it changes nothing. Refused beside real reports, people or a team.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vertrouwd.figures import demonstrations

NOTHING_NEW = "The people of the demonstration are here already."


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.demonstration.office import open_office
        from vertrouwd.dossiers.refused import Refused

        try:
            made = open_office(by=system_actor())
        except Refused as reason:
            raise CommandError(str(reason), returncode=1) from None
        path = demonstrations.secrets_of(settings.VERTROUWD_HOME)
        self.stdout.write(f"Names, passwords and passphrases: {path}" if made else NOTHING_NEW)
