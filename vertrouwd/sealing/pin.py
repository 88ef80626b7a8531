"""The fingerprint of the team, kept outside the database: who rewrites the database cannot slip in
a key of their own.

It stands in the file `team.fingerprint` of the home folder, or in VERTROUWD_TEAM_FINGERPRINT, which
then decides.
"""

import os
import re

from django.conf import settings

from vertrouwd.durable import sync, write_whole

NAME = "team.fingerprint"


def pinned() -> str | None:
    """Ten groups of five digits, or None when nothing is pinned."""
    path = settings.VERTROUWD_HOME / NAME
    text = os.environ.get("VERTROUWD_TEAM_FINGERPRINT")
    if not text:
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
    return in_groups(text)


def in_groups(text: str) -> str:
    """The digits of a fingerprint in groups of five, however they were written."""
    return " ".join(re.findall(r"\d{5}", re.sub(r"\s", "", text)))


def is_set_in_environment() -> bool:
    """Whether the administrator decides, so that a rotation cannot move the pin itself."""
    return bool(os.environ.get("VERTROUWD_TEAM_FINGERPRINT"))


def unpin() -> None:
    """Take back what was pinned a moment ago, because the rest of the act failed."""
    (settings.VERTROUWD_HOME / NAME).unlink(missing_ok=True)


def pin(fingerprint: str) -> bool:
    """Write the file, whole or not at all; False when the environment decides."""
    if is_set_in_environment():
        return False
    path = write_whole(settings.VERTROUWD_HOME / NAME, f"{fingerprint}\n".encode(), mode=0o644)
    sync(path.parent)
    return True
