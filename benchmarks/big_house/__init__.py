"""A hundred thousand dossiers, the people who work on them, and what is sealed in a few."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from wsgiref.util import setup_testing_defaults

SEED = 4
NOW = datetime.now(UTC)
YEARS = 30
INSPECTORS = 8
SCHOOLS = 2_000
READ = 200  # dossiers whose sealed texts are opened
NARRATIVE = ("Verzonnen tekst van de melder. " * 100)[:2000]


class House:
    """The people, the rows, and what asks for a page as one of them."""

    def __init__(self, dossiers: int) -> None:
        from tests.people import make_user
        from tests.teams import Team
        from vertrouwd.accounts.terms import Role

        self.draw = random.Random(SEED)
        self.people = [make_user(f"i{n}", roles=[Role.INSPECTOR]) for n in range(INSPECTORS)]
        self.on_duty = make_user("dienst", roles=[Role.COORDINATOR])
        self.team = Team(self.people[0])
        self.team.add(self.on_duty)
        self.fill(dossiers)

    def fill(self, count: int) -> None:
        """About one in twenty is not closed; one in ten of those has a refusal that stands."""
        from vertrouwd.dossiers.casework_terms import Status
        from vertrouwd.dossiers.models import (
            Assignment,
            Dossier,
            DutyDay,
            LedgerEvent,
            Report,
            StatusChange,
            Task,
        )  # fmt: skip
        from vertrouwd.dossiers.terms import Category, LedgerKind
        from vertrouwd.duties.due_days import keep_every_due_day
        from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep
        from vertrouwd.schools.models import Institution, Supervision

        draw, system = self.draw, self.people[1]
        schools = stored(
            Institution(register="brin", code=f"{n:04}", name=f"School {n}", town="Dorp",
                        sector=draw.choice(("po", "vo")), is_invented=True)
            for n in range(SCHOOLS)
        )  # fmt: skip
        for person in (self.people[0], self.on_duty):
            stored(
                Supervision(user=person, institution=school, since=date(2020, 1, 1),
                            recorded_at=NOW, recorded_by=system)
                for school in draw.sample(schools, 15)
            )  # fmt: skip
        step = timedelta(days=365 * YEARS) / count
        states = [Status.CLOSED] * 95 + [Status.OPEN] * 4 + [Status.WAITING]
        categories = [str(each) for each in Category]
        dossiers = stored(
            Dossier(opened_at=NOW - step * (count - n),
                    institution=(school := draw.choice(schools)), sector=school.sector,
                    category=draw.choice(categories),
                    status=draw.choice(states) if n < count * 0.97 else draw.choice(states[94:]))
            for n in range(count)
        )  # fmt: skip
        reports = stored(
            Report(dossier=each, received_on=each.opened_at.date(), recorded_at=each.opened_at,
                   channel="telefoon", reporter_role="ouder", sector=each.sector,
                   institution_id=each.institution_id, category=each.category,
                   accused_role="leerling", affected_role="leerling", place="op school",
                   social_media="nee", referred_to_police="nee")
            for each in dossiers
        )  # fmt: skip
        stored(
            LedgerEvent(at=each.recorded_at, by=system, kind=LedgerKind.JOINED, report=each,
                        dossier_id=each.dossier_id)
            for each in reports
        )  # fmt: skip
        open_ = [each for each in dossiers if each.status != Status.CLOSED]
        unhandled = {each.pk for each in open_ if draw.random() < 0.05}
        stored(
            Assignment(dossier=each, user=draw.choice(self.people), since=each.opened_at,
                       assigned_by=system)
            for each in dossiers if each.pk not in unhandled
        )  # fmt: skip
        stored(
            Task(dossier=each, kind="terugbellen", made_by=system, made_at=each.opened_at,
                 due_on=(NOW + timedelta(days=draw.randint(-5, 40))).date(),
                 owner=draw.choice([None, *self.people]))
            for each in open_
        )  # fmt: skip
        stored(
            Task(dossier=each, kind="anders", made_by=system, made_at=each.opened_at,
                 due_on=each.opened_at.date(), done_at=each.opened_at, done_by=system)
            for each in dossiers[::2]
        )  # fmt: skip
        stored(
            StatusChange(dossier=each, at=each.opened_at, by=system, before="open",
                         after=Status.CLOSED, outcome="advies gegeven")
            for each in dossiers if each.status == Status.CLOSED
        )  # fmt: skip
        refused = draw.sample(open_, len(open_) // 10) + draw.sample(dossiers, count // 50)
        assessments = stored(
            DutyAssessment(dossier=each, at=each.opened_at, by=system, facts={},
                           known_on=each.opened_at.date(), rule_set=rule_set(), advice_only=False)
            for each in {d.pk: d for d in refused}.values()
        )  # fmt: skip
        stored(
            OwedDuty(assessment=each, duty="aangifteplicht", owed_by="bevoegd gezag",
                     owed_to="politie", since=each.known_on, because="", source="", verified=False)
            for each in assessments
        )  # fmt: skip
        stored(
            TrackStep(dossier_id=each.dossier_id, step="aangifte geweigerd", on=each.known_on,
                      by=system, recorded_at=NOW)
            for each in assessments
        )  # fmt: skip
        keep_every_due_day()
        DutyDay.objects.create(date=NOW.date(), user=self.on_duty, set_at=NOW, set_by=system)
        self.half_way = dossiers[count // 2]
        self.seal(reports)
        self.talk(reports, by=system)

    def talk(self, reports: list[Any], *, by: Any) -> None:
        """Of the last third safe hours to call back, messages and files; some not looked at yet."""
        from vertrouwd.attachments.models import Attachment
        from vertrouwd.attachments.terms import Cleaning
        from vertrouwd.dossiers.casework_terms import MessageFrom
        from vertrouwd.dossiers.models import Conversation, Message, Task
        from vertrouwd.sealing.models import DataKey

        late = reports[len(reports) * 2 // 3 :]
        days = dict(Task.objects.filter(done_at__isnull=True).values_list("dossier", "due_on"))
        hours = {pk: datetime.combine(day, time(9), UTC) for pk, day in days.items()}
        stored(
            Conversation(report=each, noted_by=by, began_at=each.recorded_at,
                         digest=f"{each.pk:064}", is_anonymous=False, found_us="onbekend",
                         condition="geen", call_back_from=(start := hours.get(each.dossier_id)),
                         call_back_until=start and start + timedelta(hours=2))
            for each in late
        )  # fmt: skip
        stored(
            Message(report=each, sender=sender, at=each.recorded_at,
                    by=by if sender is MessageFrom.INSPECTOR else None,
                    read_at=None if each.dossier_id in days and self.draw.random() < 0.05
                    else each.recorded_at)
            for each in late for sender in MessageFrom
        )  # fmt: skip
        like = DataKey.objects.first()
        with_file = late[::4]
        keys = stored(
            DataKey(record=each.record, purpose="bijlage", team_key=like.team_key,
                    wrapped=like.wrapped, made_at=each.recorded_at)
            for each in with_file
        )  # fmt: skip
        stored(
            Attachment(report=each, data_key=key, added_at=each.recorded_at,
                       cleaning=Cleaning.WAITING
                       if each.dossier_id in days and self.draw.random() < 0.1
                       else Cleaning.QUARANTINED)
            for each, key in zip(with_file, keys, strict=True)
        )  # fmt: skip

    def seal(self, reports: list[Any]) -> None:
        """Of the dossiers that are read, real ones; of the others copies that no key opens."""
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.dossiers.access import visible_dossiers
        from vertrouwd.sealing.models import DataKey, SealedText
        from vertrouwd.sealing.terms import Purpose
        from vertrouwd.sealing.texts import seal_many

        own = visible_dossiers(self.people[0], through=("assigned",)).exclude(status="gesloten")
        mine = set(own.values_list("pk", flat=True)[:READ])
        read = [each for each in reports if each.dossier_id in mine]
        rows = []
        for each in read:
            rows += [
                (each.record, Purpose.THREAD, {"narrative": NARRATIVE}),
                (each.record, Purpose.IDENTITY,
                 {"accused_name": "Jan Verzonnen", "affected_initials": "A.B."}),
                (each.record, Purpose.NOTES, {"note-1": "Teruggebeld; wil eerst praten."}),
            ]  # fmt: skip
        seal_many(rows, by=system_actor())
        like = DataKey.objects.first()
        text = SealedText.objects.filter(field="narrative").first()
        there = {each.pk for each in read}
        keys = stored(
            DataKey(record=each.record, purpose=Purpose.THREAD, team_key=like.team_key,
                    wrapped=like.wrapped, made_at=each.recorded_at)
            for each in reports if each.pk not in there
        )  # fmt: skip
        stored(
            SealedText(data_key=key, field="narrative", revision=1, ciphertext=text.ciphertext,
                       made_at=key.made_at)
            for key in keys
        )  # fmt: skip
        self.read = [each.dossier.reference for each in read]

    def browser(self, person: Any) -> "Browser":
        """Somebody who has logged in and unlocked."""
        from django.test import Client

        from tests.people import log_in

        client = Client()
        log_in(client, person)
        self.team.unlock(client, person)
        return Browser("; ".join(f"{name}={m.value}" for name, m in client.cookies.items()))


class Browser:
    """Asks the WSGI application."""

    def __init__(self, cookies: str) -> None:
        from vertrouwd.project.casework_wsgi import application

        self.application, self.cookies = application, cookies

    def get(self, address: str) -> bytes:
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {
            "PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": self.cookies,
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost",
        }  # fmt: skip
        setup_testing_defaults(environ)
        said: list[str] = []
        answer = self.application(environ, lambda status, headers: said.append(status))
        body = b"".join(answer)
        answer.close()
        if said != ["200 OK"]:
            raise SystemExit(f"{address} answered {said}.")
        return body


def stored(rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows, batch_size=2_000) if rows else []


def rule_set() -> str:
    from vertrouwd.duties.rule_sets import rule_sets

    return next(name for name, rules in rule_sets().items() if rules.ladder)
