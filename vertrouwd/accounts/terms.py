"""The roles of the people who work here."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is here to do; a person may have more than one."""

    INSPECTOR = "vertrouwensinspecteur"  # listens, advises, keeps the dossiers
    COORDINATOR = "coördinator"  # divides the work and looks after who saw what
    ANALYST = "analist"  # figures only, never a case
    PUBLISHER = "publicist"  # releases what is published, with a second person
    ADMINISTRATOR = "beheerder"  # people and settings, never a case
    PRIVACY_OFFICER = "functionaris gegevensbescherming"  # log and retention, never content


class SlotKind(StrEnum):
    """With what somebody unlocks."""

    PASSPHRASE = "wachtzin"  # six generated words
    PASSKEY = "passkey"  # its pseudo-random function (WebAuthn PRF)


class RightsDecision(StrEnum):
    """What the quarterly look at a special right ends with."""

    CONFIRM = "blijft"
    END = "vervalt"
