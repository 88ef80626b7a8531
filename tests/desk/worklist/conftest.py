"""An inspector at work, with a browser that has logged in and unlocked."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.dossiers.casework import Office, handle
from tests.factories import make_report
from tests.people import log_in
from vertrouwd.accounts.models import User, system_actor
from vertrouwd.dossiers.casework_terms import Condition, FoundUs
from vertrouwd.dossiers.models import Conversation, Dossier, DutyDay, Report, Task


class Desk(Office):
    """`Office` with browsers: `desk.get("/dossiers")` is what the inspector sees."""

    def __init__(self) -> None:
        super().__init__()
        self.client = self.browser(self.inspector)

    def browser(self, person: User, *, unlocked: bool = True) -> Client:
        client = Client()
        log_in(client, person)
        if unlocked:
            self.team.unlock(client, person)
        return client

    def get(self, address: str = "/dossiers") -> str:
        response = self.client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    def old(self, *, days: int, **facts) -> Dossier:
        """One of the inspector's dossiers that was opened so many days ago."""
        dossier = self.dossier(**facts)
        opened(dossier, timezone.now() - timedelta(days=days))
        return dossier

    def unseen(self, **facts) -> Dossier:
        """A dossier that the inspector does not handle."""
        dossier = make_report(**facts).dossier
        handle(dossier, self.coordinator)
        return dossier

    def duty(self, person: User | None = None) -> None:
        DutyDay.objects.create(
            date=timezone.localdate(), user=person or self.inspector, set_at=timezone.now(),
            set_by=system_actor(),
        )  # fmt: skip

    def safe(self, report: Report, *, in_days: int, hours: tuple[int, int] = (9, 10)) -> None:
        """The reporter of it said between which hours of that day it is safe to call."""
        day = timezone.localdate() + timedelta(days=in_days)
        start, end = (timezone.make_aware(datetime.combine(day, time(hour))) for hour in hours)
        Conversation.objects.create(
            report=report, noted_by=system_actor(), began_at=timezone.now(),
            digest=f"{report.pk:064}", is_anonymous=False, found_us=FoundUs.UNKNOWN,
            condition=Condition.NONE, call_back_from=start, call_back_until=end,
        )  # fmt: skip

    def task(self, dossier: Dossier, *, in_days: int, owner: User | None = None, **more) -> Task:
        return Task.objects.create(
            dossier=dossier, kind="terugbellen", made_at=timezone.now(), made_by=system_actor(),
            due_on=timezone.localdate() + timedelta(days=in_days), owner=owner, **more,
        )  # fmt: skip


def opened(dossier: Dossier, at: datetime) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(opened_at=at)


@pytest.fixture
def desk(casework, db, home) -> Desk:
    return Desk()
