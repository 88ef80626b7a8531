"""Sign the present head of the log with a key from outside, and keep the signed anchor.

The chain is walked first: a broken one is not signed. The anchor is written in the folder of the
anchors, and with `--to` in another one as well: who holds a copy sees a log that was rewritten.

    vertrouwd sign-anchor --key STICK/anchor.key --to STICK
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--key", required=True, type=Path, metavar="FILE", help="the key file")
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="keep a copy there too")

    def handle(self, *, key: Path, to: Path | None, **options: Any) -> None:
        from vertrouwd.audit import anchor, signed_anchor
        from vertrouwd.audit.sealer import chain_pending
        from vertrouwd.audit.verifying import verify

        if to is not None and not to.is_dir():
            raise CommandError(f"{to} is no folder.", returncode=2)
        chain_pending()
        head = anchor.head()
        if head.number == 0:
            raise CommandError("The log has no line yet: there is nothing to sign.", returncode=1)
        if broken := verify(places=[to] if to else []).broken:
            raise CommandError(f"Not signed. {broken}", returncode=1)
        try:
            signed = signed_anchor.sign(head, key)
            kept = signed_anchor.keep_signed(signed, anchor.folder())
        except signed_anchor.BadKey as reason:
            raise CommandError(str(reason), returncode=2) from None
        except anchor.NotAnchored as reason:
            raise CommandError(str(reason), returncode=1) from None
        if to is not None:
            signed_anchor.keep_signed(signed, to)
        self.stdout.write(f"Signed: number {head.number}, digest {head.digest}.")
        self.stdout.write(f"Kept as {kept.name}" + (f", also in {to}." if to else "."))
