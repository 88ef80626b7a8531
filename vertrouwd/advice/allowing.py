"""What may be done for a reporter now, and the words for what may not.

A case between staff has advice to the reporter and nothing else; elsewhere the reporter's answer,
condition and consent decide, unless a duty is owed.
"""

from django.utils.translation import gettext

from vertrouwd.advice.conditions import Allowed, Demand, Objection, objection
from vertrouwd.advice.reading import between_staff, reporters_of, reports_of
from vertrouwd.advice.terms import Outward
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.refused import Refused


def allowed_for(report: Report, outward: Outward) -> Allowed:
    """What the reporter of a report allows, in the dossier where the report is now."""
    reporters = reporters_of(reports_of(report.dossier))
    return next(each for each in reporters if each.report.pk == report.pk).allows(outward)


def check_allowed(report: Report, outward: Outward, *, demand: Demand | None = None) -> Allowed:
    """What the reporter allows; raises Refused when that is not this, and no duty demands it."""
    allowed = allowed_for(report, outward)
    why = objection(outward, allowed, demand=demand)
    if why is not None:
        raise Refused(words_for(why))
    return allowed


def check_more_than_advice(report: Report) -> None:
    """Raises Refused for a case between staff. Source: Kamerstuk 29 240, nr. 136."""
    if between_staff(reports_of(report.dossier)):
        raise Refused(gettext("Dit gaat tussen personeel. Dan is er alleen advies aan de melder."))


def words_for(why: Objection) -> str:
    """What is said to the inspector who may not do it."""
    return {
        Objection.SAID_NO: gettext("De melder is dit gevraagd en zei nee."),
        Objection.NO_CONSENT: gettext(
            "De melder gaf geen toestemming om gegevens door te geven. Vraag het eerst."
        ),
        Objection.ASK_FIRST: gettext("De melder wil dat u het eerst vraagt."),
        Objection.NO_OTHER_REPORT: gettext(
            "De melder wil dat er pas iets gebeurt als iemand anders dit ook meldt. "
            "Die melding is er nog niet."
        ),
        Objection.RECORD_ONLY: gettext("De melder wil dat u dit alleen vastlegt."),
    }[why]
