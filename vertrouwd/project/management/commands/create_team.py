"""The ceremony: make the team key, and the recovery key in five shares of which three are enough.

Have five people ready who will each keep one share, and at least one inspector who has logged in
and made a key (page /sleutel). The steps: compare the fingerprint of each inspector's key aloud;
each holder gets a share, on the screen as text and QR code or with `--to` as files for a printer;
then three shares are typed again, so that nobody finds a mistake years later. Only then is
anything stored: stopping earlier leaves nothing behind. docs/ceremony.md says how to hold it.

    vertrouwd create-team --inspector a.jansen --holders "Ans, Bo, Cor, Dirk, Els"
"""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--inspector", metavar="USER", action="append", required=True,
            help="who gets the team's secret; once for each first inspector",
        )  # fmt: skip
        parser.add_argument(
            "--holders", metavar="NAMES", default="",
            help="who keep the shares, with commas; asked when left out; stored nowhere",
        )  # fmt: skip
        parser.add_argument(
            "--to", metavar="DIR", type=Path,
            help="write the shares as files for a printer, instead of showing them",
        )  # fmt: skip

    def handle(self, *, inspector: list[str], holders: str, to: Path | None, **_: object) -> None:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.project.share_sheets import read_shares, throw_away
        from vertrouwd.sealing.ceremony import SHARES, TeamExists, draft_team, found_team
        from vertrouwd.sealing.shares import WrongShare

        self._refuse_what_is_no_beginning()
        folder = self._folder(to)
        keys = [self._compared(username) for username in dict.fromkeys(inspector)]
        names = self._names(holders, SHARES)
        draft = draft_team()
        files: list[Path] = []
        try:
            files = self._hand_out(draft, names, folder)
            self.stdout.write(f"Now type {draft.threshold} of the shares again, whichever.")
            self.stdout.flush()
            draft.try_shares(read_shares(draft.threshold, of=draft.set_id, secret=False))
            team_key = found_team(draft, holders=keys, by=system_actor())
        except (WrongShare, TeamExists, ValueError) as reason:
            throw_away(files)
            code = 2 if isinstance(reason, WrongShare) else 1
            raise CommandError(f"{reason} Nothing was stored.", returncode=code) from None
        except BaseException:
            throw_away(files)
            raise
        self.stdout.write(
            f"The team key is made, and {', '.join(inspector)} can open what is sealed to it.\n"
            f"Its fingerprint, pinned in {settings.VERTROUWD_HOME / 'team.fingerprint'}:\n"
            f"  {team_key.fingerprint}"
        )
        if len(keys) == 1:
            self.stdout.write("Grant a second inspector soon: `vertrouwd grant-inspector USER`.")
        if files:
            self.stdout.write(f"Print the files in {folder} now, then wipe them.")

    def _refuse_what_is_no_beginning(self) -> None:
        from vertrouwd.project.real_home import refuse_a_demonstration
        from vertrouwd.sealing.ceremony import TeamExists
        from vertrouwd.sealing.models import TeamKey

        refuse_a_demonstration()
        if TeamKey.objects.exists():
            raise CommandError(str(TeamExists()), returncode=1)

    def _folder(self, to: Path | None) -> Path | None:
        if to is None:
            return None
        folder = to.resolve()
        if folder.is_relative_to(settings.VERTROUWD_HOME.resolve()):
            raise CommandError(
                "The shares may not lie in VERTROUWD_HOME: they would come in every backup.",
                returncode=2,
            )
        if not folder.is_dir():
            raise CommandError(f"There is no folder {to}.", returncode=2)
        return folder

    def _compared(self, username: str):
        """The key of an inspector, once its fingerprint was read aloud."""
        from vertrouwd.accounts.asking import ask
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.accounts.unlock.at_terminal import refusal, user_called
        from vertrouwd.accounts.unlock.granting import Refused, checked_key, key_to_grant

        person = user_called(username)
        try:
            key_to_grant(person)
            aloud = ask(f"First two and last two groups of the key of {username}, read aloud")
            return checked_key(person, aloud=aloud, by=system_actor())
        except Refused as reason:
            raise refusal(reason) from None

    def _names(self, given: str, count: int) -> list[str]:
        from vertrouwd.accounts.asking import ask

        names = [name.strip() for name in given.split(",")] if given else []
        names = names or [ask(f"Name of the holder of share {n}") for n in range(1, count + 1)]
        if len(names) != count or not all(names) or len(set(names)) != count:
            raise CommandError(
                f"{count} different names are needed, one for each share.", returncode=2
            )
        return names

    def _hand_out(self, draft, names: list[str], folder: Path | None) -> list[Path]:
        from vertrouwd.project.share_sheets import show_sheets, write_sheets

        if folder is None:
            show_sheets(draft.shares, holders=names, fingerprint=draft.fingerprint)
            return []
        files = write_sheets(folder, draft.shares, holders=names, fingerprint=draft.fingerprint)
        self.stdout.write(f"The shares lie in {folder}, readable by this account only.")
        return files
