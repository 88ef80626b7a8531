"""What the pages of advice show: who allows what, the options of one reporter, and what was done.

One reporter is in view at a time, because options differ with who asks; conditions and what was
done are shown of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from vertrouwd.accounts.models import User
from vertrouwd.advice.bodies import Body, bodies, bodies_for
from vertrouwd.advice.conditions import Demand
from vertrouwd.advice.confirmation import NO_DUTY
from vertrouwd.advice.letters import Letter, letters_for
from vertrouwd.advice.models import Entry
from vertrouwd.advice.options import Offer, offers_for
from vertrouwd.advice.reading import (
    Done,
    Reporter,
    between_staff,
    done_for,
    reporters_of,
    reports_of,
    words_of,
)
from vertrouwd.advice.situation import Situation, window_of
from vertrouwd.advice.wording import Wording
from vertrouwd.audit.record import record
from vertrouwd.desk.advice.asked_by_the_house import AskedByTheHouse, asked_by_the_house
from vertrouwd.desk.advice.demands import demand_of
from vertrouwd.desk.advice.wording import ReporterInWords, in_words
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, Category, ReporterRole
from vertrouwd.duties.clocks import Clocks, clocks
from vertrouwd.duties.terms import Duty, Step
from vertrouwd.schools.terms import Sector
from vertrouwd.sealing.opening import Opened

FROM_THE_INSTITUTION = frozenset({ReporterRole.BOARD, ReporterRole.HEAD})


@dataclass(frozen=True)
class Advised:
    """What is read about a dossier for one showing of its page."""

    dossier: Dossier
    reports: list[Report]
    report: Report  # whose reporter is in view
    reporters: list[Reporter]
    is_between_staff: bool
    clocks: Clocks
    demand: Demand | None  # what the law asks now
    situation: Situation
    done: Done
    words: dict[tuple[int, str], str]
    today: date

    @property
    def offers(self) -> list[Offer]:
        """The options of who is in view."""
        return offers_for(self.situation)

    @property
    def bodies(self) -> list[Body]:
        """The bodies that may help."""
        return bodies_for(self.situation)

    @property
    def consulted(self) -> date | None:
        """The day on which the institution consulted us: by the track, else when it called."""
        if step := self.clocks.track.get(Step.CONSULTED):
            return step.on
        called = [r.received_on for r in self.reports if r.reporter_role in FROM_THE_INSTITUTION]
        return max(called, default=None)

    @property
    def duty(self) -> tuple[str, str]:
        """The duty to consult and its article; that there is none; or empty: not decided."""
        for owed in self.clocks.duties:
            if owed.duty == Duty.CONSULT_INSPECTOR:
                return Duty.CONSULT_INSPECTOR.value, owed.source
        is_decided = self.clocks.since is not None and not self.clocks.missing
        return (NO_DUTY if is_decided and not self.clocks.duties else ""), ""


def read_advice(dossier: Dossier, *, chosen: str, opened: Opened, by: User, today: date) -> Advised:
    """Everything about advice in a dossier that came through the door and still holds reports."""
    reports = reports_of(dossier)
    report = next((each for each in reports if each.reference == chosen), reports[-1])
    found = clocks(dossier)
    staff = between_staff(reports)
    words = words_of(reports, opened=opened)
    if words:
        record(
            by=by, action="open_texts", kind="dossier", object=dossier.reference,
            detail={"texts": len(words), "reports": len(reports)},
        )  # fmt: skip
    return Advised(
        dossier=dossier,
        reports=reports,
        report=report,
        reporters=reporters_of(reports),
        is_between_staff=staff,
        clocks=found,
        demand=None if staff else demand_of(found),
        situation=situation_of(report, dossier, today=today),
        done=done_for(reports),
        words=words,
        today=today,
    )


def situation_of(report: Report, dossier: Dossier, *, today: date) -> Situation:
    """The coded facts of one report; category and sector are those decided for the dossier."""
    return Situation(
        sector=Sector(dossier.sector),
        category=Category(dossier.category),
        accused=AccusedRole(report.accused_role),
        affected=AffectedRole(report.affected_role),
        reporter=ReporterRole(report.reporter_role),
        affected_age=report.affected_age,
        window=window_of(report.happened_until or report.happened_from, today=today),
    )


@dataclass(frozen=True)
class Line:
    """One row of what was done, in words."""

    kind: str  # as in entries.KINDS
    row: Entry
    what: str
    parts: list[tuple[str, str]]
    words: str


@dataclass(frozen=True)
class Option:
    """An option in the language of the page, with the texts to copy."""

    title: str
    what: str
    pros: list[str]
    cons: list[str]
    article: str
    verified: bool
    letters: list[Letter]


@dataclass(frozen=True)
class BodyInWords:
    """A body in the language of the page."""

    body: Body
    what: str
    hours: str


@dataclass(frozen=True)
class AdvicePage:
    """One showing of the page."""

    advised: Advised
    reporters: list[ReporterInWords]
    options: list[Option]
    bodies: list[BodyInWords]
    lines: list[Line]
    house: AskedByTheHouse

    @property
    def several(self) -> bool:
        return len(self.reporters) > 1


def advice_page(advised: Advised) -> AdvicePage:
    """The page for what was read."""
    language = get_language() or "nl"
    return AdvicePage(
        advised=advised,
        reporters=[in_words(each, advised.demand) for each in advised.reporters],
        options=list(_options(advised, language)),
        bodies=[
            BodyInWords(each, each.what.said_in(language), each.hours.said(Wording(language)))
            for each in advised.bodies
        ],
        lines=sorted(_lines(advised), key=lambda line: (line.row.at, line.row.pk), reverse=True),
        house=asked_by_the_house(
            advised.reports, advised.clocks, advised.done.results, today=advised.today
        ),
    )


def _options(advised: Advised, language: str) -> Iterable[Option]:
    for offer in advised.offers:
        yield Option(
            title=gettext(offer.option.value),
            what=offer.what.said_in(language),
            pros=[words.said_in(language) for words in offer.pros],
            cons=[words.said_in(language) for words in offer.cons],
            article=offer.article,
            verified=offer.verified,
            letters=letters_for(advised.situation, [offer.option]),
        )


def _lines(advised: Advised) -> Iterable[Line]:
    done = advised.done

    def line(kind: str, row: Any, what: str, *parts: tuple[str, str]) -> Line:
        said = advised.words.get((row.report_id, getattr(row, "field", "")), "")
        return Line(kind, row, what, [part for part in parts if part[1]], said)

    for advice in done.advice:
        yield line(
            "advice", advice, gettext("Advies gegeven"),
            (gettext("Besproken"), _terms(advice.options)),
            (gettext("Genoemd"), ", ".join(_names(advice.bodies))),
        )  # fmt: skip
    for choice in done.choices:
        chosen = _terms(choice.options) or gettext("weet het nog niet")
        yield line("choice", choice, gettext("De melder koos"), (gettext("Keuze"), chosen))
    for referral in done.referrals:
        yield line(
            "referral", referral, gettext("Verwezen"),
            (gettext("Naar"), ", ".join(_names([referral.body]))),
            (gettext("Hoe"), gettext(referral.way)),
            (gettext("Toestemming"), gettext(referral.consent)),
        )  # fmt: skip
    for result in done.results:
        told = f"{result.feedback_on:%d-%m-%Y}" if result.feedback_on else gettext("nog niet")
        yield line(
            "result", result, gettext("Wat eruit kwam"),
            (gettext("Uitkomst"), gettext(result.came_of)),
            (gettext("Politie"), gettext(result.police)),
            (gettext("Melder gehoord"), told),
        )  # fmt: skip
    for step in done.steps:
        yield line(
            "step", step, gettext("Naar een oplossing"),
            (gettext("Stap"), gettext(step.step)),
            (gettext("Dag"), f"{step.on:%d-%m-%Y}"),
            (gettext("De wet vroeg het"), step.demanded_by),
        )  # fmt: skip
    for paper in done.confirmations:
        yield line(
            "confirmation", paper, gettext("Bevestiging voor het bestuur"),
            (gettext("Overleg op"), f"{paper.on:%d-%m-%Y}"),
        )  # fmt: skip


def _terms(values: Iterable[str]) -> str:
    return ", ".join(gettext(value) for value in values)


def _names(codes: Iterable[str]) -> list[str]:
    """A body that left the list keeps its code."""
    return [bodies()[code].name if code in bodies() else code for code in codes]
