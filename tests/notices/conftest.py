"""An inspector who gets e-mails, a mail server that listens, and a worker with a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.dossiers.casework import Office, handle
from tests.factories import make_report
from tests.servers.mail import MailServer
from vertrouwd.accounts.models import system_actor
from vertrouwd.dossiers.models import Dossier, Message, Task
from vertrouwd.jobs.worker import Worker
from vertrouwd.notices.actions import choose_notices
from vertrouwd.notices.models import NoticeChoice

ADDRESS = "ine.de.inspecteur@inspectie.example"
MORNING = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)  # a Tuesday, six o'clock on a Dutch wall
SENDER = "Werk <werk@inspectie.example>"


@dataclass
class Post:
    """The people, the mail server, and time that is put forward by hand."""

    office: Office
    server: MailServer
    travel: Any  # of time_machine: `shift`, `move_to`

    def choose(self, *, ready: bool = True, digest: bool = True) -> NoticeChoice:
        return choose_notices(address=ADDRESS, ready=ready, digest=digest, by=self.office.inspector)

    def forward(self, **time: float) -> None:
        self.travel.shift(timedelta(**time))

    def work(self) -> None:
        """What is due by now is done."""
        Worker(owner="worker-of-the-test").work_off()

    def given(self) -> Dossier:
        """The coordinator gives the inspector a dossier."""
        from django.utils import timezone

        dossier = make_report().dossier
        held = handle(dossier, self.office.inspector)
        held.since, held.assigned_by = timezone.now(), self.office.coordinator
        held.save()
        return dossier

    def task(self, dossier: Dossier, *, in_days: int, owner=None, made_by=None) -> Task:
        from django.utils import timezone

        return Task.objects.create(
            dossier=dossier, kind="terugbellen", made_at=timezone.now(), owner=owner,
            made_by=made_by or system_actor(),
            due_on=timezone.localdate() + timedelta(days=in_days),
        )  # fmt: skip

    def word_of_reporter(self, dossier: Dossier) -> Message:
        from django.utils import timezone

        return Message.objects.create(
            report=dossier.reports.get(), sender="melder", at=timezone.now()
        )


@pytest.fixture
def only_notices(monkeypatch) -> None:
    """What else recurs in the house does not run in between."""
    from vertrouwd.jobs import kinds as registry

    ours = {
        name: kind for name, kind in registry.kinds().items() if "notices" in kind.work.__module__
    }
    monkeypatch.setattr(registry, "_known", ours)


@pytest.fixture
def mail(settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.VERTROUWD_MAIL = "smtp"
        settings.VERTROUWD_MAIL_FROM = SENDER
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


@pytest.fixture
def post(db, home, mail, only_notices) -> Iterator[Post]:
    with time_machine.travel(MORNING, tick=False) as travel:
        yield Post(Office(), mail, travel)
