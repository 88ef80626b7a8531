"""The paper that tells a board it consulted us: a day and a duty, no name, no fact. No Django.

It is Dutch, for a board reads it; who signs fills in the blanks on paper.
"""

from datetime import date

MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
]  # fmt: skip
NO_DUTY = "geen"  # it was assessed, and the law asks none


def confirmation(*, on: date, made_on: date, duty: str, article: str) -> str:
    """The text to print or copy; `duty` as a Confirmation keeps it, empty when not decided."""
    place = article.partition(" (")[0]  # what is still to be checked about it is not for the board
    owed = f"{duty} ({place})" if place else duty
    because = {
        "": "Deze bevestiging zegt niet of voor dit overleg een plicht in de wet gold.",
        NO_DUTY: "Voor dit overleg gold geen plicht in de wet.",
    }.get(duty, f"Dit overleg hoort bij een plicht in de wet: de {owed}.")
    return f"""Bevestiging van overleg

Op {in_words(on)} is overleg gevoerd met een vertrouwensinspecteur van de Inspectie van het Onderwijs.

{because}

Deze bevestiging zegt alleen dat er overleg was, en wanneer. Zij zegt niets over personen of over wat er is besproken. Zij is ook geen oordeel over de zaak.

Aan het bestuur van: [naam van de instelling]

Opgemaakt op {in_words(made_on)}

[handtekening van de vertrouwensinspecteur]
"""  # noqa: E501


def in_words(day: date) -> str:
    """28 november 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
