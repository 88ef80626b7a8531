"""End what a colleague can open, and end their sessions.

What stood on their name stays there: the command says how many dossiers, tasks, drafts and days of
duty, to be handed over in the casework by who divides the work (/verdelen/overdracht).

Someone who leaves may have kept a copy of the team's secret: what was sealed until now could be
opened with that copy and a copy of the database. So rotate the keys afterwards; what comes in
after that is closed to the leaver. The last one who can open anything cannot be revoked.

    vertrouwd revoke-inspector a.jansen && vertrouwd rotate-keys
"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER", help="user name of who leaves")

    def handle(self, *, user: str, **options: object) -> None:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.accounts.unlock.at_terminal import refusal, user_called
        from vertrouwd.accounts.unlock.granting import Refused, revoke
        from vertrouwd.dossiers.remaining import remaining_with

        leaver = user_called(user)
        try:
            holder = revoke(leaver, by=system_actor())
        except Refused as reason:
            raise refusal(reason) from None
        self.stdout.write(
            f"{user} opens nothing any more (key {holder.reference}), and is logged out.\n"
            "A copy of the team's secret may have been kept: run `vertrouwd rotate-keys` now."
        )
        if stays := remaining_with(leaver):
            self.stdout.write(
                f"Still on this name: {stays.dossiers} dossiers, {stays.tasks} tasks, "
                f"{stays.duty_days} days of duty. Who divides the work hands them over in the "
                "casework: /verdelen/overdracht.\n"
                f"Drafts: {stays.drafts}. Nobody else can read one; they go after two weeks."
            )
