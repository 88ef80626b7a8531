"""What the page on which a report is corrected shows: the answers of now, what they were, and what
does not follow by itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.correcting_form import NOT_IN_LIST, CorrectionForm
from vertrouwd.desk.case.facts import day, term
from vertrouwd.desk.colleagues import shown
from vertrouwd.desk.intake.schools import PREFIX, School, schools_for
from vertrouwd.dossiers.correcting import DAYS, answers_of, last_correction
from vertrouwd.dossiers.disagreements import coding_of, disagreement
from vertrouwd.dossiers.models import Correction, Dossier, Report
from vertrouwd.duties.models import DutyAssessment
from vertrouwd.schools.models import Institution

LABELS = {
    "channel": gettext_lazy("Hoe kwam de melding"),
    "received_on": gettext_lazy("Ontvangen op"),
    "reporter_role": gettext_lazy("Rol van de melder"),
    "institution": gettext_lazy("Instelling"),
    "sector": gettext_lazy("Sector"),
    "setting": gettext_lazy("Soort opvang"),
    "category": gettext_lazy("Categorie"),
    "subcategory": gettext_lazy("Subcategorie"),
    "accused_role": gettext_lazy("Rol van de beklaagde"),
    "accused_age": gettext_lazy("Leeftijd van de beklaagde"),
    "affected_role": gettext_lazy("Rol van de betrokkene"),
    "affected_age": gettext_lazy("Leeftijd van de betrokkene"),
    "happened_from": gettext_lazy("Voorval, eerste dag"),
    "happened_until": gettext_lazy("Voorval, laatste dag"),
    "place": gettext_lazy("Plaats"),
    "social_media": gettext_lazy("Sociale media"),
    "referred_to_police": gettext_lazy("Verwezen naar politie"),
}


@dataclass(frozen=True)
class Line:
    """One answer that was corrected, in words."""

    row: Correction
    what: Any
    before: str
    after: str
    who: str


@dataclass(frozen=True)
class Next:
    """What does not follow by itself: a field that the dossier can take over, or an address."""

    words: str
    button: str
    field: str = ""
    address: str = ""


@dataclass(frozen=True)
class CorrectingPage:
    """Everything the page shows besides the form."""

    report: Report
    schools: list[School]
    chosen: str
    lines: list[Line]
    next: list[Next]


def begins_with(report: Report) -> dict[str, Any]:
    """What the form begins with: the answers of now."""
    answers = answers_of(report)
    if report.subcategory:
        answers["subcategory"] = f"{report.category}: {report.subcategory}"
    answers["institution"] = value_of(report.institution)
    return answers | {"seen": last_correction(report)}


def value_of(institution: Institution | None) -> str:
    """How the form names it."""
    return f"{PREFIX}{institution.pk}" if institution else NOT_IN_LIST


def page_of(report: Report, form: CorrectionForm, *, by: User) -> CorrectingPage:
    """The page for a form as it stands."""
    chosen = str(form["institution"].value() or NOT_IN_LIST)
    text = str(form["school"].value() or "")
    kept = value_of(report.institution)
    schools = schools_for(text, chosen=chosen, by=by)
    if kept not in (NOT_IN_LIST, *(each.value for each in schools)):
        schools += schools_for("", chosen=kept, by=by)
    rows = report.corrections.select_related("by").order_by("-pk")
    return CorrectingPage(report, schools, chosen, in_words(rows), follows(report))


def form_after(
    typed: CorrectionForm, report: Report, since: Iterable[Correction]
) -> CorrectionForm:
    """The form again for who is second: their own answers, and those of the colleague where they
    changed nothing themselves."""
    now = begins_with(report)
    theirs = {each.field: each.before for each in since}
    answers = dict(typed.data.items())
    for name, before in theirs.items():
        if _as_sent(name, before, category=answers.get("category", "")) == answers.get(name, ""):
            answers[name] = "" if now[name] is None else str(now[name])
    return CorrectionForm(answers | {"seen": now["seen"]})


def in_words(rows: Iterable[Correction]) -> list[Line]:
    """What was corrected. One question for the names of the institutions, if there are any."""
    rows = list(rows)
    numbers = {int(v) for r in rows if r.field == "institution" for v in (r.before, r.after) if v}
    named = Institution.objects.in_bulk(numbers) if numbers else {}
    words = _words_with(named)
    return [
        Line(r, LABELS[r.field], words(r.field, r.before), words(r.field, r.after), shown(r.by))
        for r in rows
    ]


def follows(report: Report) -> list[Next]:
    """What the dossier does not say as this report does, and how to let it."""
    dossier: Dossier = report.dossier
    here = f"/dossiers/{dossier.reference}"
    found = []
    if report.institution_id and report.institution_id != dossier.institution_id:
        at = {"now": dossier.institution or gettext("niet bekend"), "new": report.institution}
        words = gettext("Instelling van het dossier: %(now)s. Deze melding zegt: %(new)s.") % at
        found.append(Next(words, gettext("Neem de instelling over"), field="institution"))
    if disagreement(dossier.pk, [coding_of(dossier), coding_of(report)]):
        words = gettext("Het dossier is anders gecodeerd dan deze melding.")
        found.append(Next(words, gettext("Bepaal de codering"), address=f"{here}/codering"))
    elif report.setting and report.setting != dossier.setting:
        at = {"now": term(dossier.setting), "new": term(report.setting)}
        words = gettext("Soort opvang van het dossier: %(now)s. Deze melding zegt: %(new)s.") % at
        found.append(Next(words, gettext("Neem de soort opvang over"), field="setting"))
    last = report.corrections.order_by("pk").last()
    assessed = DutyAssessment.objects.filter(dossier=dossier)
    if last and assessed.exists() and not assessed.filter(at__gte=last.at).exists():
        words = gettext("De plichten zijn beoordeeld voordat deze melding werd verbeterd.")
        found.append(Next(words, gettext("Kijk de plichten na"), address=f"{here}/plichten"))
    return found


def _words_with(named: Mapping[int, Institution]) -> Callable[[str, str], str]:
    def words(field: str, value: str) -> str:
        if not value:
            return gettext("niet bekend")
        if field == "institution":
            return str(named.get(int(value), gettext("niet bekend")))
        return day(date.fromisoformat(value)) if field in DAYS else term(value)

    return words


def _as_sent(name: str, value: str, *, category: str) -> str:
    if name == "institution":
        return f"{PREFIX}{value}" if value else NOT_IN_LIST
    return f"{category}: {value}" if name == "subcategory" and value else value
