"""Show the code of now, for logging in to a demonstration without an authenticator app.

    vertrouwd show-code inspecteur

It reads the secret from `demonstration.txt`, so it works for the people of a demonstration and for
nobody else. A code holds for half a minute and can be used once.
"""

import base64
import hmac
import re
import struct
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vertrouwd.figures import demonstrations

STEP_SECONDS, DIGITS = 30, 6


class Command(BaseCommand):
    help = __doc__
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="inspecteur, coordinator, ...")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        path = demonstrations.secrets_of(settings.VERTROUWD_HOME)
        if not path.exists():
            raise CommandError("This home folder is no demonstration.", returncode=1)
        found = dict(
            re.findall(r"^ +name +(\S+)\n.*\n +code +(\S+)$", path.read_text("utf-8"), re.MULTILINE)
        )
        if name not in found:
            raise CommandError(
                f"'{name[:40]}' is nobody here. Possible: {', '.join(found)}.", returncode=2
            )
        left = STEP_SECONDS - int(time.time()) % STEP_SECONDS
        self.stdout.write(f"{code_of(found[name], at=time.time())} (for {left} s)")


def code_of(secret: str, *, at: float) -> str:
    """Six digits (RFC 6238, SHA-1, 30 s) for a secret in base 32, at that second."""
    counter = struct.pack(">Q", int(at) // STEP_SECONDS)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"
