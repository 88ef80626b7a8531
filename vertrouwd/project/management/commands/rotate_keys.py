"""Replace the team key by a new one, and wrap every data key to it.

An act of an inspector who can open the team's texts: the passphrase is asked (or read from standard
input, one line). It shows who will hold the new key; that list is the moment to notice somebody
who should not be on it. Reports can come in meanwhile. When it is interrupted, running it again
goes on where it was. No shares are needed: the new key is sealed to the same recovery key.

    vertrouwd rotate-keys --by b.devries
"""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

WIDTH = 30  # characters of the bar


class Command(BaseCommand):
    help = __doc__
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", metavar="USER", help="who does it; asked when left out")
        parser.add_argument("--yes", action="store_true", help="do not ask whether to go on")

    def handle(self, *, by: str | None, yes: bool, **options: object) -> None:
        from vertrouwd.accounts.asking import agrees
        from vertrouwd.accounts.unlock.at_terminal import unlock_at_terminal
        from vertrouwd.sealing.rotation import NotFinished, rotate, unfinished
        from vertrouwd.sealing.rotation_lock import RotationRuns, only_rotation
        from vertrouwd.sealing.team import NoTeam, NotPinned
        from vertrouwd.sealing.unreadable import Unreadable

        try:
            with only_rotation():
                pass  # better said now than after the passphrase
            inspector, opened = unlock_at_terminal(by)
            if unfinished():
                self.stdout.write("Going on with the rotation that was begun.")
            else:
                self._refuse_who_left()
                self._show_holders()
                if not yes and not agrees("Make a new team key for these people"):
                    raise CommandError("Nothing was changed.", returncode=1)
            result = rotate(opened=opened, by=inspector, progress=self._progress())
        except KeyboardInterrupt:
            raise CommandError(self._where_it_stopped(), returncode=130) from None
        except (RotationRuns, NoTeam, NotPinned, NotFinished) as reason:
            raise CommandError(str(reason), returncode=1) from None
        except Unreadable:
            raise CommandError(
                "This key opens nothing of the team: it was not granted.", returncode=1
            ) from None
        self._say(result)

    def _where_it_stopped(self) -> str:
        from vertrouwd.sealing.rotation import unfinished

        if sys.stderr.isatty():
            self.stderr.write("", str)  # below the bar
        if rotation := unfinished():
            return (
                f"Stopped; {rotation.done} data keys are wrapped to the new team key, and "
                "everything opens. Run it again to go on."
            )
        return "Stopped. No rotation is half done."

    def _refuse_who_left(self) -> None:
        from vertrouwd.accounts.unlock.granting import names_of_who_left

        if left := names_of_who_left():
            raise CommandError(
                f"May open no dossiers any more, but would hold the new key: {', '.join(left)}. "
                f"End that first: `vertrouwd revoke-inspector {left[0]}`. Nothing was changed.",
                returncode=1,
            )

    def _show_holders(self) -> None:
        from vertrouwd.accounts.unlock.granting import names_of_holders

        self.stdout.write("The new key will be held by:")
        for name, fingerprint in names_of_holders():
            groups = fingerprint.split()
            self.stdout.write(f"  {name:<20} {' '.join(groups[:2])} … {' '.join(groups[-2:])}")

    def _progress(self):
        if not sys.stderr.isatty():
            return None

        def show(done: int, total: int) -> None:
            filled = WIDTH * done // max(total, 1)
            bar = "█" * filled + "░" * (WIDTH - filled)
            # As it is: what Django writes to standard error is red otherwise.
            self.stderr.write(f"\r  {bar} {done:,} of {total:,}", str, ending="")
            self.stderr.flush()

        return show

    def _say(self, result) -> None:
        team_key, done = result.rotation.to_key, result.rotation.done
        if sys.stderr.isatty():
            self.stderr.write("", str)
        if not result.is_pinned:
            self.stdout.write(
                "Set VERTROUWD_TEAM_FINGERPRINT to the new fingerprint, on every machine:\n"
                f"  {team_key.fingerprint}\n"
                "Until then the new key is accepted because the pinned one vouches for it."
            )
        if result.unreadable:
            raise CommandError(
                f"{done} data keys were wrapped to team key {team_key.version}. "
                f"{len(result.unreadable)} do not open, so the old key was not retired; restore "
                "them from a backup or destroy them, then run this again. Their records: "
                f"{', '.join(result.unreadable[:10])}",
                returncode=1,
            )
        self.stdout.write(
            f"Team key {team_key.version} is live, {done} data keys are wrapped to it, and the "
            "secret of the old one was destroyed. Backups of before still hold the old one."
        )
