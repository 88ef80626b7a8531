"""A home with people who have keys, for the key commands: made once, copied for each test.

Ine and Cor are inspectors with keys, Ada is the administrator, Bo an inspector without a key. With
`TEAM` there is a team as well: Ine holds it, and the five shares are known.
"""

import json
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.faults.installation import Installation
from tests.project.terminal import at_terminal
from vertrouwd.sealing.ceremony import draft_team

MAKING = """
import json
from django.conf import settings
settings.SECRET_KEY = "a key of casework, that signs what travels"
from tests.accounts.holders import make_holder
from tests.people import make_user
from vertrouwd.accounts.terms import Role
found = {}
def add(name):
    held = make_holder(make_user(name, roles=[Role.INSPECTOR]))
    found[name] = {"phrase": held.phrase, "fingerprint": held.holder.fingerprint}
"""
PEOPLE = (
    MAKING
    + """
add("ine")
add("cor")
make_user("bo", roles=[Role.INSPECTOR])
make_user("ada", roles=[Role.ADMINISTRATOR])
"""
)
TEAM = """
from vertrouwd.accounts.models import system_actor
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_many
holder = HolderKey.objects.get(holding__user__username="ine")
_, _, shares = make_team(holders=[holder], by=system_actor())
rows = [(r, Purpose.THREAD, {"filed": f"text of {r}"}) for r in (new_record() for _ in range(40))]
seal_many(rows, by=system_actor())
found["shares"] = [share.text for share in shares]
"""
TOLD = "print(json.dumps(found))"
NEWCOMER = MAKING + "add('dee')\n" + TOLD
OPENS = """
import os
from vertrouwd.accounts.models import User
from vertrouwd.accounts.unlock.keys import holder_of, open_with_phrase
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.unreadable import Unreadable
user = User.objects.get(username=os.environ["WHO"])
reader = Opened(open_with_phrase(os.environ["PHRASE"], by=user), holder_of(user))
opened = 0
for text in SealedText.objects.select_related("data_key__team_key"):
    try:
        opened += reader.text(text) == f"text of {text.data_key.record}"
    except Unreadable:
        pass
print(opened)
"""
MORE = """
from vertrouwd.accounts.models import system_actor
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_many
rows = [(r, Purpose.NOTES, {"n": f"text of {r}"}) for r in (new_record() for _ in range(4000))]
seal_many(rows, by=system_actor())
"""
KEPT = """
from django.apps import apps
for model in apps.get_app_config("sealing").get_models():
    for row in model.objects.order_by("pk").values_list():
        print(model.__name__, [bytes(v).hex() if isinstance(v, memoryview) else v for v in row])
"""


@dataclass(frozen=True)
class Office:
    """The installation, and what its people have on paper."""

    made: Installation
    told: dict[str, Any]

    def in_copy(self, made: Installation) -> "Office":
        return replace(self, made=made)

    @property
    def home(self) -> Path:
        return self.made.home

    @property
    def shares(self) -> list[str]:
        return self.told["shares"]

    def phrase(self, name: str) -> str:
        return self.told[name]["phrase"]

    def aloud(self, name: str) -> str:
        """What this person reads aloud of their fingerprint."""
        groups = self.told[name]["fingerprint"].split()
        return " ".join(groups[:2] + groups[-2:])

    def command(self, *words: str, given: list[str] | tuple[str, ...] = ()):
        """The command without a terminal; `given` are the lines on its standard input."""
        return self.made.command(*words, given="".join(f"{line}\n" for line in given))

    def at_terminal(self, *words: str):
        program = [sys.executable, "-m", "vertrouwd.project.cli", *words]
        return at_terminal(program, self.made.environment)

    def opened_by(self, name: str) -> int:
        """How many of the sealed reports this person opens after unlocking."""
        return int(self.made.run(OPENS, WHO=name, PHRASE=self.phrase(name)))

    def kept(self) -> tuple[str, list[tuple[str, bytes]]]:
        """All rows about keys, and the pin and the pepper in the home."""
        files = [
            (path.name, path.read_bytes())
            for path in sorted(self.home.iterdir())
            if path.is_file() and path.suffix in {".key", ".fingerprint"}
        ]
        return self.made.run(KEPT), files


def office(made: Installation, *, team: bool) -> Office:
    told = json.loads(made.run(PEOPLE + TEAM * team + TOLD))
    assert made.command("count-reports").returncode == 0  # the copies know that they are migrated
    return Office(made, told)


def lines_of(share: str) -> list[str]:
    """The eight lines on a paper, without what stands around them."""
    return re.findall(r"^\d\) [0-9A-Z ]+$", share, re.M)


def as_one_line(share: str) -> str:
    """As a scanner of the QR code types it."""
    return "".join(line[3:] for line in lines_of(share))


def with_mistake(line: str) -> str:
    """One sign of this line is another."""
    return line[:-1] + ("0" if line[-1] != "0" else "1")


# What is typed of five papers, and the reason that is given.
WRONG_PAPERS = {
    "a mistake in a line": (
        lambda papers: [*lines_of(papers[0]), *lines_of(papers[1])[:4],
                        with_mistake(lines_of(papers[1])[4])],
        "Share 2 of 3: Line 5 of this share does not check",
    ),
    "two lines that changed places": (
        lambda papers: [*lines_of(papers[0])[:2], lines_of(papers[0])[3], lines_of(papers[0])[2]],
        "Share 1 of 3: Line 3",
    ),
    "one share twice": (
        lambda papers: map(as_one_line, [papers[2], papers[2], papers[0]]),
        "Share 3 was given before",
    ),
    "a share of another set": (
        lambda papers: [as_one_line(papers[0]), draft_team().shares[1].for_qr],
        "Share 2 is of another set",
    ),
    "lines of two papers": (
        lambda papers: [*lines_of(papers[0])[:4], *lines_of(papers[1])[4:]],
        "they are of different shares",
    ),
    "only two shares": (
        lambda papers: map(as_one_line, papers[:2]),
        "No answer was given to: Share 3 of 3, line 1.",
    ),
}  # fmt: skip
