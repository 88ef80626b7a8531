"""Open the team with three shares of the recovery key, when nobody can unlock any more.

The team is granted to USER, who has made a new key first (page /sleutel) and reads its fingerprint
aloud. Then each share is typed, line by line, or scanned as one line; what is typed is not shown
unless `--show` is given. Nothing is stored before the shares gave the right key.

    vertrouwd recover-team a.jansen
"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER", help="user name of who gets the team's secret")
        parser.add_argument("--show", action="store_true", help="show the shares as they are typed")

    def handle(self, *, user: str, show: bool, **options: object) -> None:
        from vertrouwd.accounts.asking import ask
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.accounts.unlock.at_terminal import user_called
        from vertrouwd.accounts.unlock.granting import Refused, recover
        from vertrouwd.project.share_sheets import read_shares
        from vertrouwd.sealing.pin import pinned
        from vertrouwd.sealing.recovery import threshold
        from vertrouwd.sealing.shares import WrongShare
        from vertrouwd.sealing.team import NoTeam, NotPinned, pin_from_paper
        from vertrouwd.sealing.unreadable import Unreadable

        person = user_called(user)
        try:
            if pinned() is None:
                pin_from_paper(ask("Fingerprint of the team, as it stands on a share"))
            aloud = ask(f"First two and last two groups of the key of {user}, read aloud")
            shares = read_shares(threshold(), secret=not show)
            holder = recover(person, aloud=aloud, shares=shares, by=system_actor())
        except Unreadable:
            raise CommandError(
                "The recovery key does not open the team's secret in this database.", returncode=1
            ) from None
        except (Refused, NoTeam, NotPinned, WrongShare) as reason:
            raise CommandError(str(reason), returncode=1) from None
        self.stdout.write(
            f"{user} can open what the team can open, with key {holder.reference}.\n"
            "Each share goes back to its holder. Run `vertrouwd rotate-keys` now, and let "
            "colleagues be granted again with `vertrouwd grant-inspector`."
        )
