"""Open the team with three shares of the recovery key, when nobody can unlock any more.

The team is granted to USER, who has made a new key first (page /sleutel) and reads its fingerprint
aloud. Then each share is typed, line by line, or scanned as one line; what is typed is not shown
unless `--show` is given. Nothing is stored before the shares gave the right key.

    vertrouwd recover-team a.jansen

With `--rehearse` and without USER it only tells whether three papers can still be read and give
the recovery key. Nothing is opened: do it once a year, with other papers each time.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "user", metavar="USER", nargs="?", help="user name of who gets the team's secret"
        )
        parser.add_argument(
            "--rehearse", action="store_true", help="only try the shares, and open nothing"
        )
        parser.add_argument("--show", action="store_true", help="show the shares as they are typed")

    def handle(self, *, user: str | None, show: bool, rehearse: bool, **options: object) -> None:
        if bool(user) == rehearse:
            raise CommandError("Name a USER, or give --rehearse: one of the two.", returncode=2)
        if rehearse:
            self._rehearse(show=show)
        else:
            self._recover(str(user), show=show)

    def _rehearse(self, *, show: bool) -> None:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.accounts.unlock.at_terminal import refusal
        from vertrouwd.project.share_sheets import read_shares
        from vertrouwd.sealing.recovery import recovery_in_use, rehearse
        from vertrouwd.sealing.shares import WrongShare
        from vertrouwd.sealing.team import NoTeam

        try:
            asked = recovery_in_use()
            shares = read_shares(asked.threshold, of=asked.set_id, secret=not show)
            rehearse(shares, by=system_actor())
        except (NoTeam, WrongShare) as reason:
            raise refusal(reason) from None
        numbers = ", ".join(str(number) for number in sorted(share.index for share in shares))
        self.stdout.write(
            f"Shares {numbers} of set {asked.set_id} give the recovery key. Nothing was opened.\n"
            "Each share goes back to its holder."
        )

    def _recover(self, user: str, *, show: bool) -> None:
        from vertrouwd.accounts.asking import ask
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.accounts.unlock.at_terminal import refusal, user_called
        from vertrouwd.accounts.unlock.granting import Refused, checked_key, key_to_grant, recover
        from vertrouwd.project.share_sheets import read_shares
        from vertrouwd.sealing.recovery import recovery_in_use
        from vertrouwd.sealing.shares import WrongShare
        from vertrouwd.sealing.team import NoTeam, NotPinned
        from vertrouwd.sealing.unreadable import Unreadable

        person, by = user_called(user), system_actor()
        try:
            key, asked = key_to_grant(person), recovery_in_use()
            with self._pinned():
                aloud = ask(f"First two and last two groups of the key of {user}, read aloud")
                checked_key(person, aloud=aloud, by=by)  # better said now than after the shares
                shares = read_shares(asked.threshold, of=asked.set_id, secret=not show)
                recover(person, aloud=aloud, shares=shares, by=by)
        except Unreadable:
            raise CommandError(
                "The recovery key does not open the team's secret in this database.", returncode=1
            ) from None
        except (Refused, NoTeam, NotPinned, WrongShare) as reason:
            raise refusal(reason) from None
        self.stdout.write(
            f"{user} can open what the team can open, with key {key.reference}.\n"
            "Each share goes back to its holder. Run `vertrouwd rotate-keys` now, and let "
            "colleagues be granted again with `vertrouwd grant-inspector`."
        )

    @contextmanager
    def _pinned(self) -> Iterator[None]:
        """A home that came without the pin gets it from paper; not for good if the rest fails."""
        from vertrouwd.accounts.asking import ask
        from vertrouwd.sealing.pin import pinned, unpin
        from vertrouwd.sealing.team import NotPinned, pin_from_paper

        if pinned() is not None:
            yield
            return
        try:
            pin_from_paper(ask("Fingerprint of the team, as it stands on a share"))
        except NotPinned:
            raise CommandError(
                "This is not the fingerprint of the team in this database: compare it with the "
                "paper. If it was typed well, the database is another one, or was changed.",
                returncode=2,
            ) from None
        try:
            yield
        except BaseException:
            unpin()
            raise
