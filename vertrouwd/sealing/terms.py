"""What a data key is for: each purpose can be destroyed without the others."""

from enum import StrEnum


class Purpose(StrEnum):
    """What is sealed under one data key of one record."""

    IDENTITY = "identiteit"  # names, initials, contact; to the team only
    NOTES = "aantekeningen"  # the inspector's own notes; to the team only
    DOSSIER = "dossierteksten"  # texts of the dossier; to the team only
    THREAD = "gesprek"  # what was filed and the messages after it; to the team and the reporter
    ATTACHMENT = "bijlage"  # one file; to the team and the reporter
    DRAFT = "klad"  # sealed to its author


class KeyState(StrEnum):
    """Where a team key is in its life."""

    LIVE = "in gebruik"  # what is new is sealed to it; there is one
    RETIRING = "wordt vervangen"  # opens until every data key is wrapped to its successor
    RETIRED = "vervangen"  # opens nothing any more, and its secret is destroyed
