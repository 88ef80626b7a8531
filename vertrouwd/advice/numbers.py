"""The telephone numbers that pages and texts name, as the help bodies have them; knows no Django.

No page and no text types one: it says `{alarm.phone}`, and when the row of the body is corrected
every page is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from vertrouwd.advice.bodies import Body, bodies, named_only
from vertrouwd.advice.wording import Text, Wording


@dataclass(frozen=True)
class Number:
    """One number as a page speaks of it: to be read, to be dialled, and when somebody answers."""

    phone: str
    dial: str
    hours: str


@dataclass(frozen=True)
class Numbers:
    """Those that pages name outside the list of bodies."""

    alarm: Number
    alarm_on_islands: Number
    inspectors: Number
    sexual_violence: Number
    suicide_prevention: Number
    violence_at_home: Number


@cache
def numbers(how: Wording) -> Numbers:
    """The numbers in one way of speaking."""
    return Numbers(
        alarm=_number(bodies()["alarmnummer-112"], how),
        alarm_on_islands=_number(named_only()["alarm-eilanden"], how),
        inspectors=_number(named_only()["vertrouwensinspecteurs"], how),
        sexual_violence=_number(bodies()["centrum-seksueel-geweld"], how),
        suicide_prevention=_number(bodies()["zelfmoordpreventie-113"], how),
        violence_at_home=_number(bodies()["veilig-thuis"], how),
    )


def text_of(found: Mapping[str, str]) -> Text:
    """A text from a file of data, with its numbers: `{alarm.phone}`, `{inspectors.hours}`.

    Raises TypeError when a language is missing or not known, AttributeError or KeyError for a
    number that is none of ours.
    """
    read = Text.read(found)
    return Text(
        nl=_filled(read.nl, Wording("nl")),
        en=_filled(read.en, Wording("en")),
        kind=_filled(read.kind, Wording("nl", for_children=True)),
        child=_filled(read.child, Wording("en", for_children=True)),
    )


def _filled(text: str, how: Wording) -> str:
    return text.format_map(vars(numbers(how)))


def _number(body: Body, how: Wording) -> Number:
    return Number(body.phone, body.dial, body.hours.said(how))
