"""People at work on dossiers, for the tests: an inspector with a key and an assignment.

office = Office(); dossier = office.dossier(); office.opened  # asks the fixture `home`
"""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from tests.factories import make_report
from tests.people import make_user
from tests.teams import Team
from vertrouwd.accounts.models import User, system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers.assigning import GLASS_STAYS_OPEN
from vertrouwd.dossiers.casework_terms import JoinReason
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.models import Assignment, Dossier, DutyDay, GlassBreak, LedgerEvent, Report
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.schools.models import Institution
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts


class Office:
    """Ask the fixtures `db` and `home` first."""

    def __init__(self) -> None:
        self.coordinator = make_user(roles=[Role.COORDINATOR])
        self.inspector = make_user(roles=[Role.INSPECTOR])
        self.team = Team(self.coordinator)
        self.team.add(self.inspector)

    @cached_property
    def duty_officer(self) -> User:
        """Who has duty today, and so may open any dossier."""
        return on_duty()

    @property
    def opened(self) -> Opened:
        """The inspector has unlocked."""
        return self.team.opened(self.inspector)

    def colleague(self, **fields: Any) -> User:
        """One more inspector."""
        return make_user(roles=[Role.INSPECTOR], **fields)

    def dossier(self, *handlers: User, **facts: Any) -> Dossier:
        """A dossier with one report, handled by these people, else by the inspector."""
        dossier = make_report(**facts).dossier
        for person in handlers or (self.inspector,):
            handle(dossier, person)
        return dossier


def handle(dossier: Dossier, person: User) -> Assignment:
    """That person handles the dossier from when it was opened."""
    return Assignment.objects.create(
        dossier=dossier, user=person, since=dossier.opened_at, assigned_by=system_actor()
    )


def on_duty(*moments: datetime) -> User:
    """One more inspector, duty officer on these days, else today: may then move any report."""
    person = make_user(roles=[Role.INSPECTOR])
    days = {timezone.localdate(moment) for moment in moments or (timezone.now(),)}
    DutyDay.objects.bulk_create(
        DutyDay(date=day, user=person, set_at=timezone.now(), set_by=system_actor()) for day in days
    )
    return person


def behind_glass(dossier: Dossier, person: User, *, at: datetime | None = None) -> GlassBreak:
    """That person broke its glass, now or then."""
    at = at or timezone.now()
    return GlassBreak.objects.create(
        dossier=dossier, user=person, ground=GlassGround.DANGER, opened_at=at,
        ends_at=at + GLASS_STAYS_OPEN,
    )  # fmt: skip


def join(source: Dossier, into: Dossier, office: Office, **more: Any) -> LedgerEvent:
    """The duty officer joins two dossiers: they are about the same act."""
    reason = JoinReason.SAME_ACT
    return join_dossiers(source, into=into, reason=reason, by=office.duty_officer, **more)


def supervise(person: User, institution: Institution) -> None:
    """A conflict of interest since long ago."""
    record_supervision(person, institution=institution, since=date(2020, 1, 1), by=system_actor())


def give_mailbox(report: Report, *, narrative: str = "Er is iets gebeurd.") -> bytes:
    """The reporter filed it with a code; returns the key that opens the mailbox."""
    code, salt = new_code(), new_salt()
    key = mailbox_key(code, salt=salt)
    seal_texts(
        report.record, Purpose.THREAD, {"narrative": narrative}, by=system_actor(),
        mailbox_key=key, salt=salt,
    )  # fmt: skip
    return key


def handlers(dossier: Dossier) -> set[User]:
    """Who handles it now."""
    current = Assignment.objects.filter(dossier=dossier, until__isnull=True)
    return {assignment.user for assignment in current.select_related("user")}
