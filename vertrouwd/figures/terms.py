"""Words of the figures: English name for us, official Dutch value for the law. No Django here."""

from enum import StrEnum


class RevisionReason(StrEnum):
    """Why a frozen year got a new revision: a closed list, so that no narrative enters it."""

    NOT_GIVEN = "nog niet opgegeven"
    MEMBERSHIP = "meldingen samengevoegd of losgemaakt"
    CODING = "codering herzien"
    LATE = "melding later ingevoerd"
    ANSWER = "antwoord in een melding verbeterd"
    RULES = "telregels gewijzigd"
    FINAL = "voorlopig werd definitief"
