"""The page of one dossier: what is coded, and the sealed texts opened for this one request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.access import handlers_of
from vertrouwd.dossiers.models import Assignment, Dossier, GlassBreak, Report
from vertrouwd.dossiers.terms import AgeBand
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

LABELS = {
    "narrative": gettext_lazy("Wat er is verteld"),
    "accused_name": gettext_lazy("Naam van de beklaagde"),
    "accused_function": gettext_lazy("Functie van de beklaagde"),
    "affected_initials": gettext_lazy("Initialen van de betrokkene"),
}
PARTICULARS = ("accused_name", "accused_function", "affected_initials")
OF_A_REPORT = (Purpose.THREAD, Purpose.IDENTITY, Purpose.NOTES)
OF_A_DOSSIER = (Purpose.DOSSIER, Purpose.NOTES)
Facts = list[tuple[str, Any]]


@dataclass(frozen=True)
class Texts:
    """The opened texts of one record; `unreadable`: some were destroyed or cannot be opened."""

    told: list[tuple[str, str]]  # label, text: what somebody wrote
    particulars: list[tuple[str, str]]  # label, text: names and the like
    unreadable: bool

    @property
    def opened(self) -> list[tuple[str, str]]:
        """All of them."""
        return self.told + self.particulars


@dataclass(frozen=True)
class ReportOnPage:
    """One report with its facts and its texts."""

    report: Report
    facts: Facts
    texts: Texts


@dataclass(frozen=True)
class DossierPage:
    """Everything the page shows."""

    dossier: Dossier
    facts: Facts
    handlers: list[Assignment]
    texts: Texts
    reports: list[ReportOnPage]
    glass: GlassBreak | None  # the access by which one is here


def read_dossier(dossier: Dossier, *, by: User, opened: Opened, now: datetime) -> DossierPage:
    """Open what is sealed in a dossier that came through the door, and write that it was opened."""
    reports = dossier.reports.select_related("institution").order_by("received_on", "pk")
    page = DossierPage(
        dossier=dossier,
        facts=_facts_of_dossier(dossier),
        handlers=list(handlers_of(dossier, now=now)),
        texts=_texts(dossier.record, OF_A_DOSSIER, opened),
        reports=[
            ReportOnPage(each, _facts_of_report(each), _texts(each.record, OF_A_REPORT, opened))
            for each in reports
        ],
        glass=dossier.glass_breaks.filter(user=by, opened_at__lte=now, ends_at__gt=now).last(),
    )
    read = len(page.texts.opened) + sum(len(each.texts.opened) for each in page.reports)
    record(
        by=by,
        action="open_texts",
        kind="dossier",
        object=dossier.reference,
        detail={"texts": read, "reports": len(page.reports)},
    )
    return page


def _texts(of: str, purposes: Iterable[Purpose], opened: Opened) -> Texts:
    texts: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    unreadable = False
    for purpose in purposes:
        try:
            found = opened.texts(of, purpose)
        except Unreadable:
            unreadable = True
            continue
        for field, text in found.items():
            if not field.startswith("glass-"):  # the reason is for who judges it
                label = str(LABELS.get(field, gettext("Tekst")))
                texts[field in PARTICULARS].append((label, text))
    return Texts(texts[False], texts[True], unreadable)


def _facts_of_dossier(dossier: Dossier) -> Facts:
    facts: Facts = [
        (gettext("Geopend"), _day(dossier.opened_at.date())),
        (gettext("Instelling"), dossier.institution or gettext("niet bekend")),
        (gettext("Sector"), dossier.sector),
        (gettext("Soort opvang"), _term(dossier.setting)),
        (gettext("Categorie"), _term(dossier.category)),
        (gettext("Subcategorie"), _term(dossier.subcategory)),
    ]
    return [(label, value) for label, value in facts if value]


def _facts_of_report(report: Report) -> Facts:
    facts: Facts = [
        (gettext("Ontvangen"), _joined(_day(report.received_on), report.channel)),
        (gettext("Melder"), _term(report.reporter_role)),
        (gettext("Instelling"), report.institution or report.institution_as_given),
        (gettext("Categorie"), _joined(report.category, report.subcategory)),
        (gettext("Beklaagde"), _joined(report.accused_role, _band(report.accused_age))),
        (gettext("Betrokkene"), _joined(report.affected_role, _band(report.affected_age))),
        (gettext("Voorval"), _period(report.happened_from, report.happened_until)),
        (gettext("Plaats"), _term(report.place)),
        (gettext("Sociale media"), _term(report.social_media)),
        (gettext("Verwezen naar politie"), _term(report.referred_to_police)),
    ]
    return [(label, value) for label, value in facts if value]


def _joined(*parts: str) -> str:
    return ", ".join(_term(part) for part in parts if part)


def _term(value: str | None) -> str:
    """A term of the code in the language of the page."""
    return gettext(value) if value else ""


def _band(age: int | None) -> str:
    return "" if age is None else f"{gettext(AgeBand.of(age))} ({age})"


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _period(start: date | None, end: date | None) -> str:
    days = [_day(day) for day in dict.fromkeys((start, end)) if day]
    return " – ".join(days)
