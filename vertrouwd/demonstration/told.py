"""What the reporters of a demonstration «said»: short invented narratives. No Django here.

Each begins by saying that it is invented. No name in it belongs to anybody.
"""

import random
from dataclasses import dataclass

from vertrouwd.dossiers.terms import Category

INVENTED = "VERZONNEN."
OPENINGS: dict[str, str] = {
    "ouder": "Mijn kind vertelde me dit weekend wat er op school gebeurt.",
    "leerling": "Ik durfde het eerst niet te zeggen, maar ik wil dat het stopt.",
    "personeel": "Ik werk op deze school en maak me zorgen over wat ik zie.",
}
OTHERWISE = "Ik hoorde hiervan en vind dat iemand moet weten wat er gebeurt."
EVENTS: dict[str, tuple[str, ...]] = {
    Category.SEXUAL_ABUSE: (
        "Het is iets wat niet mag. Ik wil het liever aan de telefoon vertellen dan opschrijven.",
    ),
    Category.SEXUAL_HARASSMENT: (
        "Er worden opmerkingen gemaakt over lichamen, en er gaan berichtjes rond in de groepsapp.",
        "Steeds dezelfde persoon komt te dichtbij staan en houdt niet op als je dat vraagt.",
    ),
    Category.PHYSICAL_VIOLENCE: (
        "In de pauze wordt er geslagen en geduwd. De pleinwacht kijkt de andere kant op.",
        "Bij gym is een kind hard tegen de muur gezet. Er zaten blauwe plekken op de arm.",
    ),
    Category.PSYCHOLOGICAL_VIOLENCE: (
        "Het is al maanden pesten: buitensluiten, uitlachen, spullen die verdwijnen.",
        "Voor de hele klas wordt iemand klein gemaakt. Niemand zegt er iets van.",
    ),
    Category.DISCRIMINATION: ("Er worden scheldwoorden gebruikt over waar iemand vandaan komt.",),
    Category.RADICALISATION: (
        "Er worden filmpjes gedeeld waar ik van schrik, en er wordt stoer over gedaan.",
    ),
}
ANYTHING = ("Het gaat al een tijd niet goed, en praten met school hielp niet.",)
WISHES = (
    "Ik wil vooral weten wat ik kan doen.",
    "Doe alstublieft nog niets zonder dat ik het weet.",
    "Ik wil wel dat u met school praat, maar liever zonder mijn naam.",
)
FIRST = ("Fenna", "Jip", "Noor", "Sem", "Teun", "Yara")
LAST = ("Proefjes", "Verzon", "Voorbeeld", "Zogenaamd")


@dataclass(frozen=True)
class Told:
    """What is sealed of one report: the narrative, and names as column -> text."""

    narrative: str
    identity: dict[str, str]


def told(*, reporter_role: str, category: str, chance: random.Random) -> Told:
    """An invented narrative that fits the coded answers of a report."""
    sentences = (
        INVENTED,
        OPENINGS.get(reporter_role, OTHERWISE),
        chance.choice(EVENTS.get(category, ANYTHING)),
        chance.choice(WISHES),
    )
    first = chance.choice(FIRST)
    return Told(
        narrative=" ".join(sentences),
        identity={
            "accused_name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            "affected_initials": f"{first[0]}. {chance.choice(LAST)[0]}.",
        },
    )
