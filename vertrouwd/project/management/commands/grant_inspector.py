"""Let a colleague open what the team can open, after comparing a fingerprint aloud.

An act of an inspector who can open it already: the passphrase is asked (or read from standard
input, one line). The newcomer reads the first two and the last two groups of their fingerprint
from their own screen (page /sleutel); type what you hear, on the next line. Never read it from
your own screen: that would compare nothing.

    vertrouwd grant-inspector a.jansen --by b.devries
"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER", help="user name of the newcomer")
        parser.add_argument("--by", metavar="USER", help="who grants it; asked when left out")

    def handle(self, *, user: str, by: str | None, **options: object) -> None:
        from vertrouwd.accounts.asking import ask
        from vertrouwd.accounts.unlock.at_terminal import (
            refusal,
            unlock_at_terminal,
            user_called,
        )
        from vertrouwd.accounts.unlock.granting import Refused, grant, key_to_grant
        from vertrouwd.sealing.team import NoTeam, NotPinned
        from vertrouwd.sealing.unreadable import Unreadable

        newcomer = user_called(user)
        try:
            key_to_grant(newcomer)
            granter, opened = unlock_at_terminal(by)
            aloud = ask(f"First two and last two groups, as {user} reads them aloud")
            holder = grant(newcomer, aloud=aloud, opened=opened, by=granter)
        except Unreadable:
            raise CommandError(
                "The key of who grants opens nothing of the team: it was not granted itself.",
                returncode=1,
            ) from None
        except (Refused, NoTeam, NotPinned) as reason:
            raise refusal(reason) from None
        self.stdout.write(f"{user} can open what the team can open, with key {holder.reference}.")
