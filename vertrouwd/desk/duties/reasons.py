"""The reasons and notes of the rules in the words of a page.

The rules and the command `assess-duties` write them in English, composed from a closed set of
parts; here each part has its words. A test asks for every reason that any facts can give.
"""

import re
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from vertrouwd.duties.assessment import ALTERNATIVE, CANNOT_BE_DECIDED
from vertrouwd.duties.terms import AccusedParty, Knower

_ = gettext_lazy
CASE = re.compile(r"(?P<possible>possible )?(?P<deed>[^;]+?) by (?P<who>.+?) towards (?P<whom>.+)")
BY: dict[str, Any] = {
    AccusedParty.ENTRUSTED: _("iemand met taken belast"),
    AccusedParty.PROVIDER: _("de houder"),
    "the houder": _("de houder"),
    AccusedParty.HOUSEMATE: _("een huisgenoot van de gastouder"),
}
BOARDS: dict[str, Any] = {
    Knower.BOARD: _("het bevoegd gezag"),
    Knower.PROVIDER: _("de houder"),
}
# A part of a reason, and what it says; the names in it are terms or days.
PARTS: tuple[tuple[str, Any], ...] = (
    (r"a child in childcare", _("een kind in de opvang")),
    (r"a leerling of the school", _("een leerling van de school")),
    (r"a leerling under (?P<age>\d+)", _("een leerling onder de %(age)s jaar")),
    (
        r"an adult leerling who is wilsonbekwaam \(the Inspectorate's reading\)",
        _("een volwassen leerling die wilsonbekwaam is (zo leest de Inspectie het)"),
    ),
    (
        r"an adult leerling in a dependency relation",
        _("een volwassen leerling die afhankelijk is van de beklaagde"),
    ),
    (
        r"staff knows: the (?P<board>.+) is told at once, secrecy is no defence",
        _(
            "Personeel weet ervan en vertelt het direct aan %(board)s. "
            "Geheimhouding is geen reden om te zwijgen."
        ),
    ),
    (
        r"the (?P<board>.+) knows: it consults at once, always",
        _("Het is bekend bij %(board)s. Dan volgt direct overleg, altijd."),
    ),
    (
        r"the suspicion is reasonable: the (?P<board>.+) files at once",
        _("Er is een redelijk vermoeden. Dan volgt direct aangifte door %(board)s."),
    ),
    (r"the suspicion is reasonable: who works there, the childminder too, files",
     _("Er is een redelijk vermoeden. Wie er werkt doet aangifte, ook de gastouder.")),
    (r"consulting was allowed \(«kan»\)", _("Overleg mocht vooraf, maar hoefde niet («kan»).")),
)  # fmt: skip
NOTES: tuple[tuple[str, Any], ...] = (
    (
        r"no rule set holds on this date yet: no duties",
        _("Op deze dag gold nog geen regeling. Er zijn geen plichten."),
    ),
    (
        r"overlegplicht follows as soon as the board \(houder\) knows",
        _("De overlegplicht volgt zodra het bevoegd gezag of de houder het weet."),
    ),
    (
        r"aangifteplicht follows as soon as the board \(houder\) knows: "
        r"the weighing is made in the consultation",
        _(
            "De aangifteplicht volgt zodra het bevoegd gezag of de houder het weet: "
            "de weging hoort bij het overleg."
        ),
    ),
    (
        r"not weighed yet: aangifteplicht of the medewerker follows if the suspicion is redelijk; "
        r"consulting the vertrouwensinspecteur is allowed \(«kan»\), not owed",
        _(
            "Nog niet gewogen. Is het vermoeden redelijk, dan doet de medewerker aangifte. "
            "Overleg met de vertrouwensinspecteur mag («kan»), maar hoeft niet."
        ),
    ),
    (
        r"(?P<set>NL-\S+) does not touch (?P<sector>.+): no duties",
        _("%(set)s gaat niet over deze sector (%(sector)s). Er zijn geen plichten."),
    ),
    (
        r"(?P<set>NL-\S+) holds for (?P<sector>.+) from (?P<day>\d{4}-\d\d-\d\d): "
        r"no duties before",
        _("%(set)s geldt voor %(sector)s vanaf %(day)s. Ervoor zijn er geen plichten."),
    ),
)


def reason_in_words(because: str) -> str:
    """Why a duty is owed; where the facts leave two ways open, both."""
    return f" {gettext('Of:')} ".join(_reason(each) for each in because.split(ALTERNATIVE))


def notes_in_words(notes: list[str] | tuple[str, ...]) -> list[str]:
    """What else the rules say. What is missing is shown in a place of its own."""
    return [_said(note, NOTES) for note in notes if not note.startswith(CANNOT_BE_DECIDED)]


def _reason(because: str) -> str:
    case, *why = because.split("; ")
    return " ".join([_case(case), *(_said(each, PARTS) for each in why)])


def _case(text: str) -> str:
    found = CASE.fullmatch(text)
    if found is None:
        return text
    deed = gettext(found["deed"])
    words = {
        "deed": gettext("Mogelijk %(deed)s") % {"deed": deed} if found["possible"] else _up(deed),
        "who": BY.get(found["who"]) or gettext(found["who"]),
        "whom": _said(found["whom"], PARTS),
    }
    return gettext("%(deed)s door %(who)s, tegenover %(whom)s.") % words


def _said(text: str, table: tuple[tuple[str, Any], ...]) -> str:
    for pattern, words in table:
        if found := re.fullmatch(pattern, text):
            return str(words) % {
                name: _named(name, value) for name, value in found.groupdict().items()
            }
    return text


def _named(name: str, value: str) -> str:
    if name == "day" and (day := parse_date(value)):
        return date_format(day, "j F Y")
    return str(BOARDS[value]) if name == "board" else gettext(value)


def _up(words: str) -> str:
    return words[:1].upper() + words[1:]
