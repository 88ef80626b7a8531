"""The canaries: words that belong in one place only, and an installation in which they are planted.

Each is unlike any word of the program, so that wherever it is found, it was carried there.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.installation import Installation

CANARIES = {
    "name of somebody accused": "Willemkanarie van der Goudvink",
    "function of somebody accused": "Conciergekanarie van de oostvleugel",
    "initials of somebody affected": "Q.Z.X.K.-kanarie",
    "narrative": "Kanarieverhaal: bij de kapstokken deed hij de deur op slot.",
    "refused name": "Refuskanarie Appelvink",
    "refused narrative": "Weigerkanarie: zij vertelde het pas in de auto.",
    "code that is none": "postduifkanarie",
    "date that is none": "dinsdagkanarie",
    "column of one's own": "Kolomkanarie",
    "name of a file": "Mapkanarie van Keep",
    "e-mail": "roos.kanarievogel@voorbeeld.example",
    "telephone": "06-4815162342",
    "reason of a broken glass": "Glaskanarie: de moeder van Roosmarijn belt nu, huilend.",
    "story of a caller": "Belkanarie: zij durft de gymzaal niet meer in.",
    "name of a caller": "Mevrouw Telefoonkanarie-Wulp",
    "number of a caller": "06-2342151684",
    "question to a colleague": "Overlegkanarie: is dit al een redelijk vermoeden?",
    "answer of a colleague": "Antwoordkanarie: vraag naar het weekend.",
    "typed passphrase": "kanariezin die nergens in de lijst staat",
    "typed code": "Codekanarie73",
    "typed password": "wachtwoordkanarie op het balkon",
    "typed name of somebody": "Inlogkanarie",
    "searched school": "Zoekkanarieschool te Vinkeveen",
    "searched line of the log": "Logboekkanarie",
    "field of a form": "Veldkanarie",
    "field of no form": "Extrakanarie",
    "file that is sent": "Bestandkanarie Sijsje.pdf",
    "content of a file that is sent": "Inhoudkanarie van een bijlage",
    "JSON that is sent": "Jsonkanarie",
    "cookie": "Koekkanarie0123456789",
    "header": "Kopkanarie",
    "query": "Vraagkanarie",
    "address": "Adreskanarie-Jansen",
    "language": "Taalkanarie",
    "line of a share": "KANA RXES HARE WYRD ZXNG PXEP",
    "fingerprint read aloud": "kanarievingers",
    "in a frame that breaks": "Framekanarie van Putter",
}
PASSWORD = "vijftien kanaries in een kooi"
MAKE_PEOPLE = """
import json, sys
from django.test import Client
from tests.people import log_in, make_user
from tests.teams import Team
from vertrouwd.accounts.login.models import OpenSession
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.second_step.actions import add_app
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock.session_key import begin, cookie_value
from allauth.mfa.totp.internal.auth import generate_totp_secret
from tests.factories import make_institution, make_report
from vertrouwd.schools.models import Location
told = {"people": {}, "secrets": {}}
school = make_institution(name="Basisschool De Proef", is_invented=False)
Location.objects.create(institution=school, code=school.code + "00", name=school.name,
                        town=school.town, sector="po")
team = None
for role in Role:
    user = make_user(role.name.lower().replace("_", "-"), roles=[role])
    user.set_password(sys.argv[1])
    user.save()
    secret = generate_totp_secret()
    codes = add_app(secret=secret, counter=0, by=user)
    told["secrets"][f"secret of the app of {user.username}"] = secret
    told["secrets"] |= {f"recovery code {n} of {user.username}": c for n, c in enumerate(codes)}
    sessions = []
    for _ in range(12):
        client = Client()
        log_in(client, user)
        sessions.append({"login": client.cookies["login"].value})
    if role in (Role.INSPECTOR, Role.COORDINATOR):
        if team is None:
            team = Team(user)
        else:
            team.add(user)
        secret, holder = team.secret(user)
        told["secrets"][f"seed of {user.username}"] = secret.seed.hex()
        for cookies in sessions:
            key = begin(secret=secret, holder=holder, session_key=cookies["login"], by=user,
                        way="passphrase")
            cookies["unlock"] = cookie_value(key)
    told["people"][user.username] = {"pk": user.pk, "sessions": sessions}
told["dossier"] = make_report().dossier.reference
spare = make_user("spare", roles=[Role.INSPECTOR])
told["spare"] = spare.pk
print(json.dumps(told))
"""


@dataclass
class House:
    """An installation with people, in which words are planted; what it said is kept."""

    installation: Installation
    outside: Path  # where somebody keeps files of their own: not of the installation
    temporary: Path
    people: dict[str, dict]
    dossier: str
    spare: int
    secrets: dict[str, str]
    said: dict[str, str] = field(default_factory=dict)  # by which command or process

    @property
    def home(self) -> Path:
        return self.installation.home

    def cookies_of(self, username: str, number: int = 0) -> dict[str, str]:
        """A session of this person, with both steps, unlocked where the role has a key."""
        return dict(self.people[username]["sessions"][number])

    def python(self, code: str, *words: str, **settings: str) -> str:
        """What code prints that runs with the settings of the casework."""
        more = {"DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.casework", **settings}
        return self.installation.run(
            f"import sys; sys.argv[1:] = {list(words)!r}\n{code}",
            TMPDIR=str(self.temporary),
            **more,
        )

    def command(self, name: str, *words: str, given: str = "", **environment: str) -> int:
        """Run a command; its exit code. All it says is kept under its name and a number."""
        done = subprocess.run(
            [sys.executable, "-m", "vertrouwd.project.cli", name, *words],
            env={
                **{k: v for k, v in self.installation.environment.items() if "SETTINGS" not in k},
                "TMPDIR": str(self.temporary), **environment,
            },
            input=given, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        traced = " with a traceback" if environment.get("VERTROUWD_TRACEBACK") else ""
        self.said[f"{name} {len(self.said)}{traced}"] = done.stdout + done.stderr
        return done.returncode

    @property
    def last_said(self) -> str:
        return list(self.said.values())[-1]


def make_house(folder: Path) -> House:
    """People of every role, two who have unlocked, one dossier; nothing is planted yet."""
    home, outside, temporary = (folder / name for name in ("home", "outside", "temporary"))
    for each in (home, outside, temporary):
        each.mkdir(mode=0o700, parents=True)
    house = House(Installation(home, ""), outside, temporary, {}, "", 0, {})
    assert house.command("count-reports") == 0
    told = json.loads(house.python(MAKE_PEOPLE, PASSWORD))
    house.people, house.dossier, house.spare = told["people"], told["dossier"], told["spare"]
    house.secrets = told["secrets"]
    return house
