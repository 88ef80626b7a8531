"""What the signpost asks and is told: English name for us, the value of the data. No Django."""

from enum import StrEnum


class Subject(StrEnum):
    """What can be told: an answer, or what follows from the answers (situation.py)."""

    DANGER = "gevaar"
    AFTER_DANGER = "daarna"
    SECTOR = "sector"
    KIND = "soort"  # the sector, on the islands
    ROLE = "rol"
    TOPIC = "onderwerp"
    ACCUSED = "door wie"
    AFFECTED = "om wie"
    AGE = "leeftijd"
    WHEN = "wanneer"
    WISH = "wens"
    # What follows:
    GOES_ON = "verder"  # no danger, or past it
    ISLANDS = "eilanden"
    DUTY = "plicht"  # of who asks, by vertrouwd.duties
    SCHOOL_MUST = "plicht van wie er werkt"  # once somebody who works there hears of it
    RECENT = "kort geleden"  # a sexual offence may be at most seven days ago
    BETWEEN_STAFF = "personeel onderling"


class Role(StrEnum):
    """Who asks."""

    LEARNER = "leerling"
    PARENT = "ouder"
    STAFF = "personeel"  # also a manager, a trainee, a volunteer, staff on a complaints committee
    BOARD = "bestuur"  # in childcare: the provider (houder)
    INTERNAL_ADVISER = "interne vertrouwenspersoon"
    EXTERNAL_ADVISER = "externe vertrouwenspersoon"
    OTHER = "ander"


class Topic(StrEnum):
    """What it is about, in the words somebody would use."""

    SEX = "seks"
    REMARKS = "seksuele opmerkingen"
    PICTURES = "beelden"
    BULLYING = "pesten"
    VIOLENCE = "geweld"
    DISCRIMINATION = "discriminatie"
    RADICALISATION = "radicalisering"
    HOME = "thuis"  # another regime: the meldcode and Veilig Thuis
    OTHER = "anders"


YES, NO, UNKNOWN = "ja", "nee", "onbekend"
ISLANDS = "eilanden"  # Bonaire, Sint Eustatius, Saba
UNDER_18, FROM_18 = "onder 18", "vanaf 18"
RECENT = frozenset({"72 uur", "7 dagen", UNKNOWN})  # unknown may be recent
