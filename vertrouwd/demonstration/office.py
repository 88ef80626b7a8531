"""The people and the throw-away team of a demonstration, so that every page can be seen.

Their secrets stand in `demonstration.txt` in the home folder: whoever reads it is everybody here.
So it is never done beside a real report or a real team.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from vertrouwd.accounts.models import Holding, RoleGrant, User, UserKind
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock import keys as unlock_keys
from vertrouwd.audit.record import record
from vertrouwd.demonstration.told import told
from vertrouwd.dossiers.assigning import assign
from vertrouwd.dossiers.models import Dossier, DutyDay, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.rota import set_duties
from vertrouwd.durable import write_whole
from vertrouwd.figures import demonstrations
from vertrouwd.privacy_requests.actions import register_request
from vertrouwd.privacy_requests.terms import Asker, RequestKind
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import DataKey, TeamKey
from vertrouwd.sealing.passphrases import generate
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_many

INSPECTOR, COORDINATOR = "inspecteur", "coordinator"
PEOPLE: dict[str, tuple[str, Role]] = {
    INSPECTOR: ("Iris Voorbeeld", Role.INSPECTOR),
    COORDINATOR: ("Coen Voorbeeld", Role.COORDINATOR),
    "publicist-een": ("Pam Voorbeeld", Role.PUBLISHER),
    "publicist-twee": ("Pim Voorbeeld", Role.PUBLISHER),
    "analist": ("Ali Voorbeeld", Role.ANALYST),
    "beheerder": ("Bea Voorbeeld", Role.ADMINISTRATOR),
    "gegevensbescherming": ("Gijs Voorbeeld", Role.PRIVACY_OFFICER),
}
HOLDERS = (INSPECTOR, COORDINATOR)
WORK_LIST = 24  # newest dossiers of the inspector
ROTA = 28  # days, today included


@dataclass(frozen=True, repr=False)
class Secrets:
    """Everything one person of the demonstration knows; `phrase` is empty for who has no key."""

    username: str
    name: str
    role: Role
    password: str
    totp: str  # base 32
    phrase: str


def is_open(home: Path) -> bool:
    """Whether a demonstration's people are there, with their secrets in a file."""
    return demonstrations.secrets_of(home).exists() and TeamKey.objects.exists()


@transaction.atomic
def open_office(*, by: User) -> bool:
    """Make the people and the team, and seal invented narratives; False when it was done before.

    On the coming days on which nobody has duty, the inspector has: a new report is nobody's, and
    is found by who has duty.

    Raises Refused beside real reports, real people or a real team.
    """
    home = settings.VERTROUWD_HOME
    if is_open(home):
        _give_work(by=by)
        _fill_rota()
        return False
    _refuse_beside_real_work()
    people = [_join(username, *PEOPLE[username], by=by) for username in PEOPLE]
    _found_team(by=by)
    _give_work(by=by)
    _fill_rota()
    record(by=by, action="open_office", kind="demonstration", detail={"people": len(people)})
    write_whole(demonstrations.secrets_of(home), in_words(people).encode(), mode=0o600)
    return True


def in_words(people: Iterable[Secrets]) -> str:
    """The text of `demonstration.txt`."""
    parts = [
        "DEMONSTRATIE. Alles hierin is voor wegwerpgebruik: nooit voor echte meldingen.",
        "A demonstration. Everything in here is to be thrown away: never for real reports.",
        "",
        "Log in on the casework address, first with name and password, then with a code.",
        "Put the secret of the code into an authenticator app, or ask for the code of now:",
        f"    .venv/bin/vertrouwd show-code {INSPECTOR}",
        "Then unlock with the passphrase. Only who handles dossiers has one.",
    ]
    for one in people:
        parts += [
            "",
            f"{one.name}, {one.role.value}",
            f"    name        {one.username}",
            f"    password    {one.password}",
            f"    code        {one.totp}",
        ]
        parts += [f"    passphrase  {one.phrase}"] if one.phrase else []
    return "\n".join(parts) + "\n"


def _refuse_beside_real_work() -> None:
    if Report.objects.filter(is_invented=False).exists():
        raise Refused("Real reports stand in this home: a demonstration goes into another one.")
    if TeamKey.objects.exists() or User.objects.filter(kind=UserKind.PERSON).exists():
        raise Refused("People or a team stand in this home: a demonstration goes into another one.")


def _join(username: str, name: str, role: Role, *, by: User) -> Secrets:
    password = generate()
    user = User.objects.create(username=username, name=name, password=make_password(password))
    RoleGrant.objects.create(user=user, role=role, granted_at=timezone.now(), granted_by=by)
    totp = generate_totp_secret()
    TOTP.activate(user, totp)
    phrase = _key_of(user) if username in HOLDERS else ""
    return Secrets(username, name, role, password, totp, phrase)


def _key_of(user: User) -> str:
    """A holder key with its passphrase, made as the page makes it; the passphrase."""
    draft = unlock_keys.draft(SecretKey.generate(), session_key="demonstration", by=user)
    made = unlock_keys.retyped(draft.travelling, draft.phrase, session_key="demonstration", by=user)
    unlock_keys.make_key(made=made, by=user)
    return draft.phrase


def _found_team(*, by: User) -> None:
    holdings = Holding.objects.filter(user__username__in=HOLDERS).select_related("holder")
    make_team(holders=[holding.holder for holding in holdings], by=by)


def _give_work(*, by: User) -> None:
    """The newest invented dossiers go to the inspector, and what was told in them is sealed."""
    inspector = User.objects.get(username=INSPECTOR)
    coordinator = User.objects.get(username=COORDINATOR)
    if inspector.assignments.exists() or not Report.objects.filter(is_invented=True).exists():
        return
    dossiers = list(
        Dossier.objects.filter(reports__is_invented=True).distinct().order_by("-pk")[:WORK_LIST]
    )
    for dossier in dossiers:
        assign(dossier.reference, to=inspector, by=coordinator)
    chance = random.Random(len(dossiers))
    rows: list[tuple[str, Purpose, dict[str, str]]] = []
    for report in Report.objects.filter(dossier__in=dossiers).order_by("pk"):
        if not DataKey.objects.filter(record=report.record).exists():
            said = told(reporter_role=report.reporter_role, category=report.category, chance=chance)
            rows.append((report.record, Purpose.THREAD, {"narrative": said.narrative}))
            rows.append((report.record, Purpose.IDENTITY, said.identity))
    seal_many(rows, by=by)
    _ask(dossiers[0], by=inspector)


def _fill_rota() -> None:
    inspector = User.objects.get(username=INSPECTOR)
    coordinator = User.objects.get(username=COORDINATOR)
    today = timezone.localdate()
    coming = [today + timedelta(days=passed) for passed in range(ROTA)]
    taken = set(DutyDay.objects.filter(date__in=coming).values_list("date", flat=True))
    empty = [day for day in coming if day not in taken]
    if empty and inspector.may(Permission.HANDLE_CASES):
        set_duties(empty, people=[inspector], by=coordinator)


def _ask(dossier: Dossier, *, by: User) -> None:
    """An invented parent asked three weeks ago what is kept; nobody has checked who it is yet."""
    register_request(
        kind=RequestKind.ACCESS, asker=Asker.PARENT, dossier=dossier, by=by, opened=None,
        received_on=timezone.localdate() - timedelta(weeks=3),
        name="Voorbeeld van der Verzonnen", words="Ik wil graag weten wat er over mij staat.",
    )  # fmt: skip
