"""An office in which somebody called: the reporter, what they allow, and the acts of advice.

house = House(); report = house.called(condition=Condition.RECORD_ONLY)  # asks `db` and `home`
"""

from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from django.utils import timezone

from tests.dossiers.casework import Office, handle
from tests.factories import make_report
from vertrouwd.advice.actions import advise, ask_reporter, record_choice, record_result, refer
from vertrouwd.advice.assisting import confirm_consultation, record_assist_step
from vertrouwd.dossiers.casework_terms import Condition, ConsentUse
from vertrouwd.dossiers.models import Consent, Conversation, Report
from vertrouwd.dossiers.terms import Answer

TEACHER_AND_PUPIL: dict[str, Any] = {
    "category": "seksueel misbruik",
    "subcategory": "grooming",
    "accused_role": "met taken belast persoon",
    "accused_age": 40,
    "affected_role": "leerling",
    "affected_age": 9,
}
BETWEEN_STAFF: dict[str, Any] = {
    "category": "psychisch geweld",
    "subcategory": "intimidatie op de werkvloer",
    "reporter_role": "personeel",
    "accused_role": "met taken belast persoon",
    "accused_age": 50,
    "affected_role": "met taken belast persoon",
    "affected_age": 35,
}
DAY = date(2026, 11, 27)
NUMBERS = count(1)


class House(Office):
    """The acts, by the inspector, who has unlocked."""

    def called(
        self, condition: Condition = Condition.NONE, *, consent: Answer | None = None, **facts: Any
    ) -> Report:
        """Somebody called under a condition; an inspector noted it and handles it."""
        report = make_report(**facts)
        handle(report.dossier, self.inspector)
        Conversation.objects.create(
            report=report, noted_by=self.inspector, began_at=timezone.now(),
            digest=sha256(f"{next(NUMBERS)}".encode()).hexdigest(), is_anonymous=True,
            found_us="onbekend", condition=condition,
        )  # fmt: skip
        if consent:
            Consent.objects.create(
                report=report, use=ConsentUse.REFER, given=consent, at=timezone.now(),
                by=self.inspector,
            )  # fmt: skip
        return report

    def advise(self, report: Report, *options: str, **more: Any) -> Any:
        options = options or ("gesprek op school",)
        return advise(
            report, options=options, by=self.inspector, opened=self.opened, **more
        )  # fmt: skip

    def choose(self, report: Report, *options: str, **more: Any) -> Any:
        return record_choice(report, options=options, by=self.inspector, **more)

    def ask(self, report: Report, outward: str, answer: str) -> Any:
        return ask_reporter(report, outward=outward, answer=answer, by=self.inspector)

    def refer(self, report: Report, body: str = "slachtofferhulp", **more: Any) -> Any:
        more.setdefault("way", "wij geven gegevens door")
        return refer(report, body=body, by=self.inspector, **more)

    def result(self, report: Report, **more: Any) -> Any:
        more = {"came_of": "hulp gekregen", "police": "onbekend"} | more
        return record_result(report, by=self.inspector, **more)

    def assist(self, report: Report, step: str, on: date = DAY, **more: Any) -> Any:
        return record_assist_step(
            report, step=step, on=on, by=self.inspector, opened=self.opened, **more
        )

    def contact(self, report: Report, **more: Any) -> Any:
        return self.assist(report, "contact met de instelling", **more)

    def confirm(self, report: Report, on: date = DAY, **more: Any) -> Any:
        return confirm_consultation(report, on=on, by=self.inspector, **more)


def at(day: date) -> datetime:
    """Noon of that day."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=12)))
