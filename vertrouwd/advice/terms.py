"""Words of advice and referral: English name for us, Dutch value for the reporter and the House.

The sources publish no list of most of these values: they are house words («te controleren»).
"""

from enum import StrEnum


class Option(StrEnum):
    """What a reporter can do now; each has its pros and cons (data/options.toml)."""

    TALK_AT_SCHOOL = "gesprek op school"
    INTERNAL_ADVISER = "interne vertrouwenspersoon"
    EXTERNAL_ADVISER = "externe vertrouwenspersoon"
    COMPLAINT_TO_BOARD = "klacht bij het bestuur"
    COMPLAINT_TO_COMMITTEE = "klacht bij de klachtencommissie"
    COMPLAINT_BY_ADULT = "klacht door ouder of personeel"  # a pupil of a primary school cannot
    POLICE_NOTICE = "melding bij de politie"
    POLICE_REPORT = "aangifte bij de politie"
    HELP_BODY = "hulpinstantie"
    WAIT = "nu niets doen"


class Way(StrEnum):
    """How a reporter comes to a help body."""

    THEMSELVES = "melder neemt zelf contact op"
    PASSED_ON = "wij geven gegevens door"  # only with consent, or when the law demands it


class Outward(StrEnum):
    """What goes further than the reporter, and so asks what the reporter allows."""

    CONTACT_INSTITUTION = "contact met de instelling"
    SHARE = "gegevens doorgeven"


class CameOf(StrEnum):
    """What came of advice or of a referral."""

    CONTACT_MADE = "contact gelegd"
    HELPED = "hulp gekregen"
    NOT_SUITED = "geen passende hulp"
    NO_CONTACT = "geen contact gelegd"
    SOLVED = "opgelost op school"
    COMPLAINT_MADE = "klacht ingediend"
    UNKNOWN = "onbekend"


class Police(StrEnum):
    """Whether it came to the police: a notice (melding), a report (aangifte), neither or unknown.

    It says what was done there, not by whom: inspectors never file.
    """

    NOTICE = "melding bij de politie"
    REPORT = "aangifte bij de politie"
    NEITHER = "geen van beide"
    UNKNOWN = "onbekend"


class Assistance(StrEnum):
    """A step of the track «assist towards a solution» (WOT 6(2))."""

    AGREED = "stap afgesproken"
    GUIDE_COMPLAINT = "begeleiden bij een klacht"  # on request
    GUIDE_REPORT = "begeleiden bij aangifte"  # on request; the reporter or board files
    CONTACT_INSTITUTION = "contact met de instelling"
    DONE = "stap gedaan"
    ENDED = "traject beëindigd"
