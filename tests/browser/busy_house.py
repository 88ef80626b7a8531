"""A house in which everything happened once, with names as long as they may be: for looking at
every page of the casework as it is in use.

house = BusyHouse.make(); house.fitting("divide work")
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.accounts.holders import Held, make_holder
from tests.accounts.software_passkeys import Passkey, give_passkey
from tests.attachments.made_files import acting_pdf
from tests.attachments.sent_files import send
from tests.desk.intake.a_call import draft_of
from tests.factories import make_institution, make_report
from tests.people import log_in, make_user
from vertrouwd.accounts.models import User, system_actor
from vertrouwd.accounts.policy import permissions_of
from vertrouwd.accounts.second_step.actions import add_app
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock.keys import add_passkey
from vertrouwd.accounts.unlock.session_key import COOKIE, begin, cookie_value
from vertrouwd.advice.actions import advise, record_choice, record_result, refer
from vertrouwd.advice.assisting import confirm_consultation, record_assist_step
from vertrouwd.advice.bodies import bodies
from vertrouwd.advice.terms import Assistance, CameOf, Option, Police, Way
from vertrouwd.attachments.cleaning.opening import cleaned_copy
from vertrouwd.attachments.models import Attachment
from vertrouwd.dossiers.assigning import assign, break_glass
from vertrouwd.dossiers.models import Dossier, Draft, GlassBreak
from vertrouwd.dossiers.opinions import ask_opinion
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.privacy_requests.actions import check_identity, register_request
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.reading import state_of
from vertrouwd.privacy_requests.weighing import weigh_document
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

LONG_NAME = "Wilhelmina-Antoinette van der Zevenhuizen-Moerkapelle tot Nieuwerkerk"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau"  # without a place to break
STORY = "Hij dreigde bij de fietsenstalling. " * 20 + "https://voorbeeld.invalid/" + "a" * 90
OPENING = (Role.INSPECTOR, Role.COORDINATOR)  # who has a key, and has unlocked
USERNAME = "{}-van-der-zevenhuizen-moerkapelle"


@dataclass(frozen=True)
class BusyHouse:
    """The people by role, the keys of who has one, and one of each thing that has a page."""

    people: dict[Role, User]
    keys: dict[Role, Held]
    dossier: Dossier
    broken: GlassBreak
    passkey: Passkey
    draft: Draft
    request: PrivacyRequest
    file: Attachment

    @classmethod
    def make(cls) -> "BusyHouse":
        """Ask the fixtures `casework_site` and `home` first."""
        people = {role: _somebody(role) for role in Role}
        keys = {role: make_holder(people[role]) for role in OPENING}
        inspector, coordinator = keys[Role.INSPECTOR], keys[Role.COORDINATOR]
        make_team(holders=[inspector.holder, coordinator.holder], by=system_actor())
        for held in (inspector, coordinator):
            held.holder.refresh_from_db()
        make_holder(make_user("nieuw", roles=[Role.INSPECTOR], name=LONG_NAME))  # waits
        school = make_institution(name=f"Basisschool {LONG_WORD}", town="Gasselterboerveenschemond")
        record_supervision(
            inspector.user, institution=make_institution(name=LONG_WORD),
            since=timezone.localdate() - timedelta(days=9), by=system_actor(),
        )  # fmt: skip
        dossier = _told(school)
        assign(dossier.reference, to=inspector.user, by=coordinator.user)
        other = _told(school)
        set_duty(timezone.localdate(), people=[inspector.user], by=coordinator.user)
        newest = make_user("dienst", roles=[Role.INSPECTOR], name=LONG_NAME)
        broken = break_glass(other.reference, ground=GlassGround.DANGER, reason=STORY, by=newest)
        draft = draft_of(inspector.user)
        ask_opinion(
            STORY, form=draft.record, asked_in="a" * 32, by=coordinator.user, of=inspector.user
        )
        _advise(dossier, inspector)
        request = _asked(dossier, inspector)
        file = _sent(dossier, inspector)
        return cls(people, keys, dossier, broken, _passkey(inspector), draft, request, file)

    def fitting(self, permission: str) -> Role:
        """The first role that may do this; who opens cases comes first."""
        return next(role for role in (*OPENING, *Role) if permission in permissions_of([role]))

    def cookies(self, role: Role) -> dict[str, str]:
        """Those of a browser in which this person logged in, and unlocked when there is a key."""
        client = Client()
        log_in(client, self.people[role])
        found = {"login": client.cookies["login"].value}
        if held := self.keys.get(role):
            key = begin(
                secret=held.secret, holder=held.holder, by=held.user, way="passphrase",
                session_key=client.session.session_key,
            )  # fmt: skip
            found[COOKIE] = cookie_value(key)
        return found


def _somebody(role: Role) -> User:
    user = make_user(USERNAME.format(role.name.lower()[:5]), roles=[role], name=LONG_NAME)
    add_app(secret="A" * 32, counter=0, by=user)
    return user


def _told(school) -> Dossier:
    report = make_report(institution=school)
    seal_texts(report.record, Purpose.THREAD, {"narrative": STORY}, by=system_actor())
    seal_texts(report.record, Purpose.IDENTITY, {"accused_name": LONG_NAME}, by=system_actor())
    return report.dossier


def _advise(dossier: Dossier, held: Held) -> None:
    """Everything that can be done for a reporter, with words that do not break."""
    report, by = dossier.reports.get(), held.user
    opened, today = Opened(held.secret, held.holder), timezone.localdate()
    words = {"words": STORY + LONG_WORD * 3, "opened": opened}
    advise(report, options=[*Option], bodies_named=[*bodies()], by=by, **words)
    record_choice(report, options=[*Option], by=by)
    refer(report, body="onderwijsgeschillen", way=Way.THEMSELVES, by=by)
    record_result(report, came_of=CameOf.HELPED, police=Police.NOTICE, feedback_on=today, by=by)
    record_assist_step(report, step=Assistance.CONTACT_INSTITUTION, on=today, by=by, **words)
    confirm_consultation(report, on=today, duty="overlegplicht", article="WPO 4a", by=by)


def _asked(dossier: Dossier, held: Held) -> PrivacyRequest:
    """Somebody asks what is kept of them, and one document is weighed."""
    by, opened, today = held.user, Opened(held.secret, held.holder), timezone.localdate()
    asked = register_request(
        kind="inzage", asker="gemachtigde", received_on=today - timedelta(days=60), dossier=dossier,
        name=LONG_NAME, contact=LONG_WORD, words=STORY, by=by, opened=opened,
    )  # fmt: skip
    how = "teruggebeld op een bekend nummer"
    asked = check_identity(asked, how=how, on=today, authority_seen=True, by=by)
    document = state_of(asked).documents[0]
    weigh_document(
        asked, document.key, outcome="deels geven", ground="rechten-van-anderen", why=STORY,
        hidden=LONG_WORD * 2, version=document.version, by=by, opened=opened,
    )  # fmt: skip
    return asked


def _sent(dossier: Dossier, held: Held) -> Attachment:
    """The reporter sent two files; the first was opened before."""
    report, opened = dossier.reports.get(), Opened(held.secret, held.holder)
    file = send(report, acting_pdf(), name=LONG_WORD * 2 + ".pdf")
    send(report, b"ID3" + bytes(400), name=LONG_NAME + ".mp3")
    return cleaned_copy(file, opened=opened, by=held.user)


def _passkey(held: Held) -> Passkey:
    give_passkey(held.user, name="telefoon " + LONG_WORD[:40])  # logs in, does not unlock
    made = give_passkey(held.user, name=LONG_WORD)
    add_passkey(
        secret=held.secret, holder=held.holder, by=held.user,
        credential=made.credential_id, salt=secrets.token_bytes(32), prf=made.prf,
    )  # fmt: skip
    return made
