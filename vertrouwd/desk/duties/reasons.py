"""The reasons and notes of the rules in the words of a page.

`duties/reasons.py` holds their parts; here each part has its words. A test holds that every reason
and note has them, in Dutch and in English. A stored sentence of a rule set that was changed since
is shown as it was stored.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from vertrouwd.duties.assessment import ALTERNATIVE, CANNOT_BE_DECIDED
from vertrouwd.duties.reasons import (
    Case,
    Consequence,
    Note,
    Protection,
    Reason,
    Saying,
    notes,
    reasons,
)
from vertrouwd.duties.terms import AccusedParty, Knower, Offence

_ = gettext_lazy
BY: dict[AccusedParty, Any] = {
    AccusedParty.ENTRUSTED: _("iemand met taken belast"),
    AccusedParty.PROVIDER: _("de houder"),
    AccusedParty.HOUSEMATE: _("een huisgenoot van de gastouder"),
}
TOWARDS: dict[Protection, Any] = {
    Protection.CHILD: _("een kind in de opvang"),
    Protection.LEARNER: _("een leerling van de school"),
    Protection.MINOR: _("een leerling onder de %(age)s jaar"),
    Protection.INCAPACITATED: _(
        "een volwassen leerling die wilsonbekwaam is (zo leest de Inspectie het)"
    ),
    Protection.DEPENDENT: _("een volwassen leerling die afhankelijk is van de beklaagde"),
}
BOARDS: dict[Knower, Any] = {
    Knower.BOARD: _("het bevoegd gezag"),
    Knower.PROVIDER: _("de houder"),
}
CONSEQUENCES: dict[Consequence, Any] = {
    Consequence.STAFF_TELLS: _(
        "Personeel weet ervan en vertelt het direct aan %(board)s. "
        "Geheimhouding is geen reden om te zwijgen."
    ),
    Consequence.BOARD_CONSULTS: _("Het is bekend bij %(board)s. Dan volgt direct overleg, altijd."),
    Consequence.BOARD_FILES: _(
        "Er is een redelijk vermoeden. Dan volgt direct aangifte door %(board)s."
    ),
    Consequence.EMPLOYEE_FILES: _(
        "Er is een redelijk vermoeden. Wie er werkt doet aangifte, ook de gastouder. "
        "Overleg mocht vooraf, maar hoefde niet («kan»)."
    ),
}
SAYINGS: dict[Saying, Any] = {
    Saying.NO_SET_YET: _("Op deze dag gold nog geen regeling. Er zijn geen plichten."),
    Saying.NOT_TOUCHED: _(
        "%(set)s gaat niet over deze sector (%(sector)s). Er zijn geen plichten."
    ),
    Saying.NOT_YET: _("%(set)s geldt voor %(sector)s vanaf %(day)s. Ervoor zijn er geen plichten."),
    Saying.CONSULT_FOLLOWS: _(
        "De overlegplicht volgt zodra het bevoegd gezag of de houder het weet."
    ),
    Saying.FILING_FOLLOWS: _(
        "De aangifteplicht volgt zodra het bevoegd gezag of de houder het weet: "
        "de weging hoort bij het overleg."
    ),
    Saying.EMPLOYEE_WEIGHS: _(
        "Nog niet gewogen. Is het vermoeden redelijk, dan doet de medewerker aangifte. "
        "Overleg met de vertrouwensinspecteur mag («kan»), maar hoeft niet."
    ),
}


def reason_in_words(because: str) -> str:
    """Why a duty is owed; where the facts leave two ways open, both."""
    return f" {gettext('Of:')} ".join(_sentence(each) for each in because.split(ALTERNATIVE))


def notes_in_words(said: Iterable[str]) -> list[str]:
    """What else the rules say. What is missing is shown in a place of its own."""
    return [
        _note(notes()[each]) if each in notes() else each
        for each in said
        if not each.startswith(CANNOT_BE_DECIDED)
    ]


def _sentence(because: str) -> str:
    reason = reasons().get(because)
    return _reason(reason) if reason else because


def _reason(reason: Reason) -> str:
    consequence = CONSEQUENCES[reason.consequence] % {"board": BOARDS[reason.board]}
    return f"{_case(reason.case)} {consequence}"


def _case(case: Case) -> str:
    deed = gettext(case.deed)
    is_offence = isinstance(case.deed, Offence)
    return gettext("%(deed)s door %(who)s, tegenover %(whom)s.") % {
        "deed": gettext("Mogelijk %(deed)s") % {"deed": deed} if is_offence else _up(deed),
        "who": BY[case.accused],
        "whom": TOWARDS[case.protection] % {"age": case.age},
    }


def _note(note: Note) -> str:
    words = {
        "set": note.rule_set,
        "sector": gettext(note.sector) if note.sector else "",
        "day": date_format(note.day, "j F Y") if note.day else "",
    }
    return str(SAYINGS[note.saying] % words)


def _up(words: str) -> str:
    return words[:1].upper() + words[1:]
