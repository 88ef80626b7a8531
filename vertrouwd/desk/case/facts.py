"""The coded facts of a dossier, and of a report, as a page lists them."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from vertrouwd.dossiers.models import Conversation, Dossier, Report
from vertrouwd.dossiers.terms import AgeBand, Channel

Facts = list[tuple[str, Any]]


def facts_of_dossier(dossier: Dossier, *, first: date | None = None) -> Facts:
    """What the dossier is coded with; `first` is the day of its first report, which puts it in its
    year, and is shown when the dossier was opened on another."""
    opened = timezone.localdate(dossier.opened_at)
    facts: Facts = [
        (gettext("Eerste melding op"), day(first) if first and first != opened else ""),
        (gettext("Geopend"), day(opened)),
        (gettext("Instelling"), dossier.institution or gettext("niet bekend")),
        (gettext("Sector"), dossier.sector),
        (gettext("Soort opvang"), term(dossier.setting)),
        (gettext("Categorie"), term(dossier.category)),
        (gettext("Subcategorie"), term(dossier.subcategory)),
    ]
    return [(label, value) for label, value in facts if value]


def facts_of_report(report: Report) -> Facts:
    """What one reporter told, in codes."""
    facts: Facts = [
        (gettext("Ontvangen"), joined(day(report.received_on), report.channel)),
        (gettext("Melder"), term(report.reporter_role)),
        (gettext("Instelling"), report.institution or report.institution_as_given),
        (gettext("Categorie"), joined(report.category, report.subcategory)),
        (gettext("Beklaagde"), joined(report.accused_role, _band(report.accused_age))),
        (gettext("Betrokkene"), joined(report.affected_role, _band(report.affected_age))),
        (gettext("Voorval"), _period(report.happened_from, report.happened_until)),
        (gettext("Plaats"), term(report.place)),
        (gettext("Sociale media"), term(report.social_media)),
        (gettext("Verwezen naar politie"), term(report.referred_to_police)),
        (gettext("Nummer in het bestand"), report.external_id),
    ]
    return [(label, value) for label, value in facts if value]


def wanted(report: Report, *, conversation: Conversation | None) -> Facts:
    """What the reporter wants and allows; of each use the last answer holds.

    Ask it of a report whose wishes and consents were fetched with it.
    """
    answers = {consent.use: consent.given for consent in report.consents.all()}
    facts: Facts = []
    if conversation is not None:
        facts.append((gettext("Melder ziet ervan af"), _withdrawn(conversation)))
        facts.append((gettext("Gevaar"), _danger(conversation, report)))
        facts.append((gettext("Anoniem blijven"), _anonymity(conversation)))
    facts.append((gettext("Wil"), joined(*(each.wish for each in report.wishes.all()))))
    if conversation is not None:
        facts.append((gettext("Voorwaarde"), term(conversation.condition)))
        facts.append((gettext("Veilig terugbellen"), _moments(conversation)))
    facts += [(term(use).capitalize(), term(given)) for use, given in answers.items()]
    return [(label, value) for label, value in facts if value]


def joined(*parts: str) -> str:
    return ", ".join(term(part) for part in parts if part)


def term(value: str | None) -> str:
    """A term of the code in the language of the page."""
    return gettext(value) if value else ""


def day(value: date) -> str:
    return date_format(value, "j F Y")


def _band(age: int | None) -> str:
    return "" if age is None else f"{gettext(AgeBand.of(age))} ({age})"


def _period(start: date | None, end: date | None) -> str:
    days = [day(each) for each in dict.fromkeys((start, end)) if each]
    return " – ".join(days)


def _withdrawn(conversation: Conversation) -> str:
    if conversation.withdrawn_at is None:
        return ""
    since = timezone.localtime(conversation.withdrawn_at)
    return gettext("sinds %(day)s") % {"day": day(since.date())}


def _danger(conversation: Conversation, report: Report) -> str:
    if not conversation.is_acute:
        return ""
    if report.channel == Channel.WEBSITE:
        return gettext("er was gevaar toen de melder dit schreef")
    return gettext("er was gevaar tijdens het gesprek")


def _anonymity(conversation: Conversation) -> str:
    return gettext("ja: zeg aan niemand wie dit meldde") if conversation.is_anonymous else ""


def _moments(conversation: Conversation) -> str:
    if conversation.call_back_from is None or conversation.call_back_until is None:
        return ""
    start = timezone.localtime(conversation.call_back_from)
    end = timezone.localtime(conversation.call_back_until)
    return f"{date_format(start, 'j F Y H:i')} – {date_format(end, 'H:i')}"
