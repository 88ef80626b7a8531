"""Words of reports and dossiers: English name for us, official Dutch value for the law.

The glossary (docs/glossary.md) is generated from here.
"""

from enum import StrEnum

from vertrouwd.schools.terms import Sector


class Category(StrEnum):
    """What the report is about: the closed list of WOT art. 6, plus what falls outside it."""

    SEXUAL_ABUSE = "seksueel misbruik"
    SEXUAL_HARASSMENT = "seksuele intimidatie"
    PSYCHOLOGICAL_VIOLENCE = "psychisch geweld"
    PHYSICAL_VIOLENCE = "fysiek geweld"
    DISCRIMINATION = "discriminatie"
    RADICALISATION = "radicalisering"
    OTHER = "overig"  # outside the field of the confidential inspectors


class AccusedRole(StrEnum):
    """Who is accused (beklaagde), at the time of the alleged act."""

    ENTRUSTED = "met taken belast persoon"  # teacher, support staff, caretaker, volunteer
    LEARNER = "leerling"
    PARENT = "ouder"
    OTHER = "ander"
    UNKNOWN = "onbekend"


class AffectedRole(StrEnum):
    """Whom the alleged act concerns (betrokkene)."""

    LEARNER = "leerling"  # also: the child in childcare
    ENTRUSTED = "met taken belast persoon"
    OTHER = "ander"  # a parent, for one
    UNKNOWN = "onbekend"


class ReporterRole(StrEnum):
    """Who reports (melder)."""

    LEARNER = "leerling"
    PARENT = "ouder"
    STAFF = "personeel"
    HEAD = "leidinggevende"
    BOARD = "bestuur"
    ADVISER = "vertrouwenspersoon"  # confidential adviser
    COMPLAINTS_COMMITTEE = "klachtencommissie"
    OTHER = "ander"
    UNKNOWN = "onbekend"


class Channel(StrEnum):
    """How the report came in (kanaal)."""

    PHONE = "telefoon"
    WEBSITE = "website"
    EMAIL = "e-mail"
    LETTER = "brief"
    CONVERSATION = "gesprek"


class Place(StrEnum):
    """Where the alleged act took place (plaats voorval)."""

    AT_SCHOOL = "op school"
    ON_THE_WAY = "onderweg"
    OUTSIDE_SCHOOL = "buiten school"
    ONLINE = "online"
    UNKNOWN = "onbekend"


class Answer(StrEnum):
    """An answer that may be unknown; unknown is a code like the others."""

    YES = "ja"
    NO = "nee"
    UNKNOWN = "onbekend"


class AgeBand(StrEnum):
    """Age at the time of the alleged act, in whole years."""

    UNDER_13 = "jonger dan 13"
    FROM_13_TO_15 = "13-15"
    FROM_16_TO_17 = "16-17"
    ADULT = "18 en ouder"
    UNKNOWN = "onbekend"

    @classmethod
    def of(cls, age: int | None) -> "AgeBand":
        """The band of an age in years; None is unknown."""
        if age is None:
            return cls.UNKNOWN
        if age < 13:
            return cls.UNDER_13
        if age < 16:
            return cls.FROM_13_TO_15
        return cls.FROM_16_TO_17 if age < 18 else cls.ADULT


class LedgerKind(StrEnum):
    """What an event of the ledger says about the membership of reports."""

    JOINED = "samengevoegd"
    SEPARATED = "losgemaakt"
    NOT_THE_SAME = "niet hetzelfde"
    UNDONE = "ongedaan gemaakt"


class CodingReason(StrEnum):
    """Why a dossier was coded anew: a closed list, so that no narrative enters the record."""

    REPORTS_DISAGREE = "meldingen verschillen"
    FIRST_CODING_WRONG = "eerste codering onjuist"
    MORE_IS_KNOWN = "meer bekend geworden"


class CorrectionReason(StrEnum):
    """Why a coded answer of a report was corrected: a closed list, so that no narrative enters.

    House words («te controleren»).
    """

    WRITTEN_WRONGLY = "verkeerd genoteerd"
    REPORTER_CORRECTS = "melder verbetert het"
    INSTITUTION_FOUND = "instelling herkend"
    WRONG_IN_FILE = "fout in het bestand"
    CORRECTED_WRONGLY = "eerdere verbetering onjuist"
    FROM_REPORT = "overgenomen van de melding"  # of a dossier alone


class GlassGround(StrEnum):
    """Why somebody opened a dossier that is not theirs (glas breken); the words are sealed."""

    DANGER = "direct gevaar"
    REPORTER_CALLS = "melder belt nu"
    COLLEAGUE_AWAY = "behandelaar is afwezig"
    LEGAL_TERM = "termijn loopt af"
    OTHER = "anders"


class Judgement(StrEnum):
    """What a second person thinks of a broken glass."""

    RIGHTLY = "terecht"
    WRONGLY = "niet terecht"


# Spellings of earlier years and of other files, and the value that is stored.
OLDER_SPELLINGS: dict[type[StrEnum], dict[str, StrEnum]] = {
    AccusedRole: {
        "leerling/student": AccusedRole.LEARNER,
        "student": AccusedRole.LEARNER,
        "overig": AccusedRole.OTHER,
        "overig/ander": AccusedRole.OTHER,
        "met taken belaste persoon": AccusedRole.ENTRUSTED,
    },
    AffectedRole: {
        "leerling/student": AffectedRole.LEARNER,
        "student": AffectedRole.LEARNER,
        "ouder": AffectedRole.OTHER,
        "overig": AffectedRole.OTHER,
        "overig/ander": AffectedRole.OTHER,
        "met taken belaste persoon": AffectedRole.ENTRUSTED,
    },
    ReporterRole: {
        "leerling/student": ReporterRole.LEARNER,
        "student": ReporterRole.LEARNER,
        "overig": ReporterRole.OTHER,
        "overig/ander": ReporterRole.OTHER,
    },
    Sector: {"sbo": Sector.PRIMARY, "vso": Sector.SPECIAL},
    AgeBand: {"<13": AgeBand.UNDER_13, "18+": AgeBand.ADULT},
}


def stored_value(terms: type[StrEnum], text: str) -> StrEnum | None:
    """The stored value for a spelling, older spellings included; None when it is no such term."""
    spelling = " ".join(text.split()).casefold()
    for term in terms:
        if term.value == spelling:
            return term
    return OLDER_SPELLINGS.get(terms, {}).get(spelling)
