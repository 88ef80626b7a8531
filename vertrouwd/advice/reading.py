"""What stands about the reporters of a dossier: what they allow, and what was done for them.

A number of queries that does not grow with the reports or the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from vertrouwd.advice.conditions import Allowed
from vertrouwd.advice.models import (
    Advice,
    AssistStep,
    Choice,
    Confirmation,
    Entry,
    Permission,
    Referral,
    Result,
)
from vertrouwd.advice.situation import is_between_staff
from vertrouwd.advice.terms import Outward
from vertrouwd.dossiers import ledger
from vertrouwd.dossiers.casework_terms import Condition, ConsentUse, JoinReason
from vertrouwd.dossiers.membership import as_event
from vertrouwd.dossiers.models import Consent, Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import Answer, LedgerKind
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

FIELDS = ("advice-", "assist-")  # how the names begin under which words are sealed
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Reporter:
    """One reporter of a dossier, known by the report, and what this one allows."""

    report: Report
    condition: Condition
    another_reported: bool
    answers: dict[Outward, Answer]
    consent: Answer | None

    def allows(self, outward: Outward) -> Allowed:
        """For one thing that would go further than the reporter."""
        return Allowed(
            condition=self.condition,
            another_reported=self.another_reported,
            answered=self.answers.get(outward),
            consent=self.consent,
        )


@dataclass(frozen=True)
class Done:
    """What was done for the reporters, the earliest first; what was corrected is left out."""

    advice: list[Advice]
    choices: list[Choice]
    referrals: list[Referral]
    results: list[Result]
    steps: list[AssistStep]
    confirmations: list[Confirmation]


def reports_of(dossier: Dossier) -> list[Report]:
    """The reports now in a dossier, each with its conversation."""
    rows = dossier.reports.select_related("conversation", "institution")
    return list(rows.order_by("received_on", "pk"))


def between_staff(reports: Iterable[Report]) -> bool:
    """Whether this is a case between staff: advice to the reporter, and nothing else."""
    return is_between_staff((each.accused_role, each.affected_role) for each in reports)


def reporters_of(reports: list[Report]) -> list[Reporter]:
    """The reporters with what they allow; five queries."""
    numbers = [report.pk for report in reports]
    consents = {
        each.report_id: Answer(each.given)
        for each in Consent.objects.filter(report__in=numbers, use=ConsentUse.REFER).order_by("pk")
    }
    answers: dict[int, dict[Outward, Answer]] = {number: {} for number in numbers}
    for asked in Permission.objects.filter(report__in=numbers).order_by("pk"):
        answers[asked.report_id][Outward(asked.outward)] = Answer(asked.answer)
    another_reported = are_of_several(reports)
    return [
        Reporter(
            report=report,
            condition=condition_of(report),
            another_reported=another_reported,
            answers=answers[report.pk],
            consent=consents.get(report.pk),
        )
        for report in reports
    ]


def done_for(reports: list[Report]) -> Done:
    """All that stands; six queries."""
    return Done(
        advice=standing(Advice, reports),
        choices=standing(Choice, reports),
        referrals=standing(Referral, reports),
        results=standing(Result, reports),
        steps=standing(AssistStep, reports),
        confirmations=standing(Confirmation, reports),
    )


def standing(kind: type[E], reports: list[Report]) -> list[E]:
    """The rows of a kind that were neither corrected nor taken back, the earliest first.

    Each with who wrote it and what it corrects.
    """
    return list(_standing(kind, reports).select_related("by", "report", "corrects"))


def standing_in_short(kind: type[E], reports: list[Report]) -> list[E]:
    """The same rows, for who needs nothing but what stands in them."""
    return list(_standing(kind, reports))


def _standing(kind: type[E], reports: list[Report]) -> QuerySet[E]:
    rows: Any = kind._default_manager.filter(report__in=[report.pk for report in reports])
    found: QuerySet[E] = rows.filter(corrected_by__isnull=True, is_taken_back=False)
    return found.order_by("pk")


def are_of_several(reports: list[Report]) -> bool:
    """Whether these reports come from more than one reporter; two questions."""
    return len(set(_persons([report.pk for report in reports]).values())) > 1


def words_of(reports: list[Report], *, opened: Opened) -> dict[tuple[int, str], str]:
    """What was written down with advice and steps: (report, field) -> words; one query.

    What cannot be opened is left out.
    """
    of = {report.record: report.pk for report in reports}
    found = open_many(of, purposes=[Purpose.NOTES], opener=opened)
    return {
        (of[record], text.field): text.words
        for record, texts in found.items()
        for text in texts.texts
        if text.field.startswith(FIELDS)
    }


def condition_of(report: Report) -> Condition:
    """That of the conversation; who wrote or came in by a file set none."""
    conversation = getattr(report, "conversation", None)
    return Condition(conversation.condition) if conversation else Condition.NONE


def _persons(reports: list[int]) -> dict[int, int]:
    """Report -> a number that is the same for reports of the same reporter.

    Only who joined the dossiers knows: «dezelfde melder» is one of the reasons of a join.
    """
    intake = LedgerEvent.objects.filter(
        report__in=reports, kind=LedgerKind.JOINED, source__isnull=True
    )
    opened = dict(intake.values_list("report_id", "dossier_id"))
    person = {dossier: dossier for dossier in opened.values()}
    joined = LedgerEvent.objects.filter(
        kind=LedgerKind.JOINED, reason=JoinReason.SAME_REPORTER, report__isnull=True
    ).filter(Q(source__in=list(person)) | Q(dossier__in=list(person)))
    for event in ledger.standing(_with_undos([as_event(row) for row in joined])):
        one, other = person.get(event.source or 0), person.get(event.dossier or 0)
        if one is not None and other is not None:
            person = {d: one if p == other else p for d, p in person.items()}
    own = {report: -report for report in reports}  # a report of a file that named a dossier
    several = list(opened.values())
    return {
        report: person[opened[report]]
        if report in opened and several.count(opened[report]) == 1
        else own[report]
        for report in reports
    }


def _with_undos(events: list[ledger.Event]) -> list[ledger.Event]:
    """With what undid them, and undid that; a query for each depth."""
    found, last = list(events), [event.number for event in events]
    while last:
        undos = [as_event(row) for row in LedgerEvent.objects.filter(undoes__in=last)]
        found, last = [*found, *undos], [event.number for event in undos]
    return found
