"""Words of the work on a dossier: its life, what the reporter wants, what remains to be done.

The sources publish no list of these values: they are house words («te controleren»).
"""

from enum import StrEnum

# The sealed texts of a report that name somebody, by their fields.
PARTICULARS = (
    "reporter_name",
    "reporter_contact",
    "accused_name",
    "accused_function",
    "affected_initials",
)


class Status(StrEnum):
    """Where the work on a dossier stands."""

    OPEN = "open"
    WAITING = "wacht op melder"  # nothing can be done before the reporter answers
    CLOSED = "gesloten"


MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.WAITING, Status.CLOSED}),
    Status.WAITING: frozenset({Status.OPEN, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.OPEN}),
}


class Outcome(StrEnum):
    """With what a dossier was closed (afloop)."""

    ADVISED = "advies gegeven"
    REFERRED = "doorverwezen"
    MEASURES_TAKEN = "instelling heeft maatregelen genomen"
    COMPLAINT_MADE = "klacht ingediend"
    POLICE_NOTIFIED = "melding bij de politie"
    FILED = "aangifte gedaan"
    WITHDRAWN = "melder ziet ervan af"
    NO_CONTACT = "geen contact meer met de melder"
    OUTSIDE_FIELD = "buiten het werkveld"
    UNKNOWN = "onbekend"


class ReopenReason(StrEnum):
    """Why a closed dossier is open again."""

    REPORTER_RETURNED = "melder meldt zich opnieuw"
    NEW_REPORT = "nieuwe melding over dezelfde zaak"
    CLOSED_TOO_SOON = "te vroeg gesloten"


class JoinReason(StrEnum):
    """Why two dossiers were taken for one case."""

    SAME_ACCUSED = "dezelfde beklaagde"
    SAME_ACT = "hetzelfde voorval"
    SAME_AFFECTED = "dezelfde betrokkene"
    SAME_REPORTER = "dezelfde melder"
    OTHER = "anders"


class SeparateReason(StrEnum):
    """Why a report is not of the case it was put with."""

    JOINED_WRONGLY = "ten onrechte samengevoegd"
    OTHER_ACCUSED = "een andere beklaagde"
    OTHER_ACT = "een ander voorval"
    OTHER = "anders"


class Wish(StrEnum):
    """What the reporter wants; more than one is possible."""

    BE_HEARD = "verhaal doen"
    ADVICE = "advies"
    RECORD = "vastleggen"
    COMPLAINT = "hulp bij een klacht"
    FILING = "hulp bij aangifte"
    CONTACT_INSTITUTION = "contact met de instelling"
    UNKNOWN = "weet ik nog niet"


class Condition(StrEnum):
    """Under which condition of the reporter we may act (voorwaarde)."""

    NONE = "geen"
    ASK_FIRST = "niets zonder het mij te vragen"
    IF_ANOTHER_REPORTS = "pas iets doen als iemand anders dit ook meldt"
    RECORD_ONLY = "alleen vastleggen"


class ConsentUse(StrEnum):
    """For what the reporter gives or refuses consent, one by one."""

    CALL_BACK = "terugbellen"
    NAME_TO_BOARD = "naam noemen aan het bestuur"
    STORY_TO_BOARD = "verhaal delen met het bestuur"
    REFER = "gegevens doorgeven bij een verwijzing"


class FoundUs(StrEnum):
    """How the reporter found us."""

    INSTITUTION = "via de instelling"
    INSPECTORATE = "website van de inspectie"
    SIGNPOST = "jouwveiligeschool.nl"
    SEARCH = "zoekmachine"
    SOMEBODY = "via iemand"
    HELP_BODY = "via een hulpinstantie"
    MEDIA = "in de media"
    EARLIER = "eerder contact"
    UNKNOWN = "onbekend"


class TaskKind(StrEnum):
    """What remains to be done; the words with it are sealed."""

    CALL_BACK = "terugbellen"
    ASK_BOARD = "navragen bij het bestuur"
    CHECK_FILING = "nagaan of aangifte is gedaan"
    WRITE = "brief of e-mail sturen"
    SECOND_OPINION = "mening van een collega vragen"
    SAME_CASE = "mogelijk dezelfde zaak"  # word left by who was there through broken glass
    OTHER_CASE = "mogelijk niet dezelfde zaak"
    OTHER = "anders"


WORD_LEFT = (TaskKind.SAME_CASE, TaskKind.OTHER_CASE)  # of what only somebody else may do


class NoteKind(StrEnum):
    """What an inspector wrote down in a dossier."""

    CALL = "telefoongesprek"
    NOTE = "aantekening"
    SECOND_OPINION = "mening van een collega"
    CORRECTION = "verbetering"  # after a request to correct (AVG 16); made with the answer to it
    STATEMENT = "verklaring"  # of whom it concerns, beside what stays as it was told


class MessageFrom(StrEnum):
    """Who wrote a message in the mailbox of a report."""

    INSPECTOR = "vertrouwensinspecteur"
    REPORTER = "melder"


class DraftKind(StrEnum):
    """What is being written."""

    CALL = "intake"  # a phone intake
    NOTE = "aantekening"
    MESSAGE = "bericht"
