"""One person of every kind that the role matrix has a column for, and one of every thing they may
ask for.

Who may never see a case is given every reason to see one (a key, an assignment, a day of duty), so
that only the gate stands between.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.accounts.software_passkeys import give_passkey
from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.desk.intake.a_call import draft_of
from tests.factories import make_dossier, make_institution
from tests.people import log_in, make_user
from tests.teams import Team
from vertrouwd.accounts.models import User, system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.attachments.cleaning.opening import cleaned_copy
from vertrouwd.dossiers.models import Assignment, Dossier, DutyDay, GlassBreak
from vertrouwd.privacy_requests.actions import register_request
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

STORY = "Hij dreigde bij de fietsenstalling."
SCHOOL = "Basisschool De Verborgen Hoek"


@dataclass(frozen=True)
class Kind:
    """A column of the matrix: with which role somebody comes, and how far they came."""

    role: Role | None = None
    second_step: bool = True
    is_here: bool = True  # False: has left, while a session is still open
    unlocked: bool = True


NOBODY = "nobody"  # has not logged in: no person at all
KINDS = {
    "first": Kind(Role.COORDINATOR, second_step=False),
    "left": Kind(Role.COORDINATOR, is_here=False),
    "bare": Kind(),
    "analyst": Kind(Role.ANALYST),
    "publish": Kind(Role.PUBLISHER),
    "admin": Kind(Role.ADMINISTRATOR),
    "privacy": Kind(Role.PRIVACY_OFFICER),
    "insp-": Kind(Role.INSPECTOR, unlocked=False),
    "insp+": Kind(Role.INSPECTOR),
    "coor-": Kind(Role.COORDINATOR, unlocked=False),
    "coor+": Kind(Role.COORDINATOR),
}


class WholeOffice:
    """Ask the fixtures `casework` and `home` first."""

    def __init__(self) -> None:
        self.colleague = make_user("colleague", roles=[Role.INSPECTOR], name="Cor Collega")
        self.passkeys = {"colleague": [give_passkey(self.colleague).pk]}
        self.people = {name: self._person(name, kind) for name, kind in KINDS.items()}
        team = Team(self.colleague)
        for user in self.people.values():
            team.add(user)
        self.school = make_institution(name=SCHOOL)
        self.own, self.other = _told(make_dossier()), _told(make_dossier())
        self.supervised = _told(make_dossier(institution=self.school))
        for user in self.people.values():
            self._give_every_reason(user)
        self.waiting, self.judged, self.unseen = (
            self._broken(self.colleague, dossier)
            for dossier in (self.other, self.other, self.supervised)
        )
        self.judged.reviewed_at, self.judged.reviewed_by = timezone.now(), system_actor()
        self.judged.judgement = "terecht"
        self.judged.save()
        self.interest_of_colleague = record_supervision(
            self.colleague, institution=self.school, since=_today(), by=system_actor()
        )
        self.drafts = {
            user.username: draft_of(user).pk for user in (*self.people.values(), self.colleague)
        }
        about = {"own": self.own, "other": self.other, "supervised": self.supervised}
        self.requests = {name: self._asked(dossier, team) for name, dossier in about.items()}
        self.files = {name: self._sent(dossier, team) for name, dossier in about.items()}
        self.cookies = {name: self._come_in(name, team) for name in KINDS}

    def browser(self, kind: str, **options: Any) -> Client:
        """A fresh browser in which somebody of that kind is."""
        client = Client(raise_request_exception=False, **options)
        for name, value in self.cookies.get(kind, {}).items():
            client.cookies[name] = value
        return client

    def address(self, route: str, thing: str, kind: str) -> str:
        """The address of one thing, as that person would ask for it."""
        if "<" not in route:
            return route
        found = THINGS[_last(route), _converter(route)][thing]
        before, _, rest = route.partition("<")
        return f"{before}{found(self, self.people.get(kind, self.colleague))}{rest.split('>')[1]}"

    def form(self, route: str, thing: str) -> dict[str, Any]:
        """What is sent there: a form that is filled in well, for who may send it."""
        forms: dict[str, Any] = {
            "/dossiers": {"reference": self.own.reference},
            "/dossiers/zoeken": {"words": "dreigde"},
            "/dossiers/keuzes": {"lijst": "team"},
            "/dossiers/keuzes/weg": {"number": 1},
            "/mijn-account/e-mail": {"address": "ine@inspectie.example", "ready": "on"},
            "/glas/nazien/<int:number>": {"judgement": "terecht"},
            "/rooster/<str:day>": {"people": [self.colleague.pk]},
            "/mensen": {"username": "nieuw", "name": "Nieuwe Collega"},
            "/mensen/<int:number>/rol": {"role": "PUBLISHER"},
            "/mensen/<int:number>/rol-weg": {"role": "INSPECTOR"},
            "/bestanden/<str:reference>/origineel": {"reason": "voor politie of justitie"},
            "/blikken": {"person": self.colleague.pk},
            "/mijn-account/taal": {"language": "en"},
        }
        dossiers: dict[str, Any] = {
            "other": self.other, "supervised": self.supervised, "missing": None,
        }  # fmt: skip
        if route.startswith("/verdelen") and thing in dossiers:
            found = dossiers[thing]
            reference = found.reference if found else MISSING_DOSSIER
            handler = self.people["insp+"] if route.endswith("/einde") else self.colleague
            return {"reference": reference, "person": handler.pk}
        return forms.get(route, {})

    def _person(self, name: str, kind: Kind) -> User:
        username = name.replace("-", "-locked").replace("+", "-open")
        user = make_user(username, roles=[kind.role] if kind.role else [])
        if kind.second_step:
            self.passkeys[username] = [give_passkey(user).pk for _ in "12"]
        return user

    def _give_every_reason(self, user: User) -> None:
        now = timezone.now()
        for dossier in (self.own, self.supervised):
            Assignment.objects.create(
                dossier=dossier, user=user, since=now, assigned_by=system_actor()
            )
        self._broken(user, self.own)
        self._broken(user, self.supervised)
        record_supervision(user, institution=self.school, since=_today(), by=system_actor())
        if not user.roles & {Role.INSPECTOR, Role.COORDINATOR}:
            DutyDay.objects.create(date=_today(), user=user, set_at=now, set_by=system_actor())

    def _come_in(self, name: str, team: Team) -> dict[str, str]:
        """What the browser of this person keeps."""
        kind, user, client = KINDS[name], self.people[name], Client()
        log_in(client, user, second_step=kind.second_step)
        if kind.unlocked:
            team.unlock(client, user)
        if not kind.is_here:
            User.objects.filter(pk=user.pk).update(is_active=False)
        return {key: morsel.value for key, morsel in client.cookies.items()}

    def _asked(self, dossier: Dossier, team: Team) -> str:
        """Somebody asked what is kept of them there."""
        made = register_request(
            kind="inzage", asker="ouder", received_on=_today(), dossier=dossier, by=self.colleague,
            opened=team.opened(self.colleague),
        )  # fmt: skip
        return made.reference

    def _sent(self, dossier: Dossier, team: Team) -> str:
        """The reporter sent a file, and a colleague opened it before."""
        file = send(dossier.reports.get(), photo())
        by = self.colleague
        return cleaned_copy(file, opened=team.opened(by), by=by).reference

    @staticmethod
    def _broken(user: User, dossier: Dossier) -> GlassBreak:
        now = timezone.now()
        return GlassBreak.objects.create(
            dossier=dossier, user=user, ground="anders",
            opened_at=now, ends_at=now + timedelta(hours=3),
        )  # fmt: skip


MISSING_DOSSIER, MISSING_REQUEST, MISSING = "D-9999999", "AV-9999999", "999999999"
MISSING_FILE = "B-9999999"
Thing = Callable[[WholeOffice, User], object]
_PEOPLE: dict[str, Thing] = {
    "colleague": lambda office, user: office.colleague.pk,
    "oneself": lambda office, user: user.pk,
    "system": lambda office, user: system_actor().pk,
    "missing": lambda office, user: MISSING,
}
# Of each kind of address with a place in it: the things that may stand in that place.
THINGS: dict[tuple[str, str], dict[str, Thing]] = {
    ("dossiers", "str:reference"): {
        "own": lambda office, user: office.own.reference,
        "other": lambda office, user: office.other.reference,
        "supervised": lambda office, user: office.supervised.reference,
        "missing": lambda office, user: MISSING_DOSSIER,
        "nonsense": lambda office, user: "Jan",
    },
    ("verzoeken", "str:reference"): {
        "own": lambda office, user: office.requests["own"],
        "other": lambda office, user: office.requests["other"],
        "supervised": lambda office, user: office.requests["supervised"],
        "missing": lambda office, user: MISSING_REQUEST,
        "nonsense": lambda office, user: "Jan",
    },
    ("bestanden", "str:reference"): {
        "own": lambda office, user: office.files["own"],
        "other": lambda office, user: office.files["other"],
        "supervised": lambda office, user: office.files["supervised"],
        "missing": lambda office, user: MISSING_FILE,
        "nonsense": lambda office, user: "Jan",
    },
    ("nazien", "int:number"): {
        "waiting": lambda office, user: office.waiting.pk,
        "own": lambda office, user: user.glass_breaks.earliest("pk").pk,
        "judged": lambda office, user: office.judged.pk,
        "supervised": lambda office, user: office.unseen.pk,
        "missing": lambda office, user: MISSING,
    },
    ("rooster", "str:day"): {
        "today": lambda office, user: _today(),
        "past": lambda office, user: _today() - timedelta(days=1),
        "nonsense": lambda office, user: "morgen",
    },
    ("klad", "int:number"): {
        "own": lambda office, user: office.drafts[user.username],
        "other": lambda office, user: office.drafts["colleague"],
        "missing": lambda office, user: MISSING,
    },
    ("belangen", "int:number"): {
        "colleague": lambda office, user: office.interest_of_colleague.pk,
        "own": lambda office, user: user.supervisions.earliest("pk").pk,
        "missing": lambda office, user: MISSING,
    },
    ("passkeys", "int:number"): {
        "own": lambda office, user: office.passkeys.get(user.username, [MISSING])[0],
        "other": lambda office, user: office.passkeys["colleague"][0],
        "missing": lambda office, user: MISSING,
    },
    ("mensen", "int:number"): _PEOPLE,
}


def _last(route: str) -> str:
    """The word before the place: what kind of thing it is."""
    return route.partition("<")[0].rstrip("/").rpartition("/")[2]


def _converter(route: str) -> str:
    return route.partition("<")[2].partition(">")[0]


def _today() -> Any:
    return timezone.localdate()


def _told(dossier: Dossier) -> Dossier:
    """With something told in confidence in it."""
    report = dossier.reports.get()
    seal_texts(report.record, Purpose.THREAD, {"narrative": STORY}, by=system_actor())
    return dossier
