"""Words of the legal duties: English name for us, official Dutch value for the law.

The glossary (docs/glossary.md) is generated from here.
"""

from enum import StrEnum


class Duty(StrEnum):
    """What the law asks when a sexual offence towards a learner is possible."""

    INFORM_BOARD = "meldplicht"  # staff member -> board; in childcare: provider
    CONSULT_INSPECTOR = "overlegplicht"  # board or provider -> confidential inspector
    REPORT_TO_POLICE = "aangifteplicht"  # board or provider -> police


class Offence(StrEnum):
    """Which offence is possible; none suspected is the absence of one."""

    SEXUAL = "seksueel misdrijf"  # Title XIV Sr; public sexual harassment is none
    ASSAULT = "mishandeling"
    OTHER = "ander misdrijf"


class AccusedParty(StrEnum):
    """Who is accused, as the duties tell them apart."""

    ENTRUSTED = "met taken belast persoon"
    LEARNER = "leerling"
    PARENT = "ouder"
    PROVIDER = "houder"  # a natural person; childcare only
    HOUSEMATE = "huisgenoot gastouder"  # 18 or over, lives at the childminder's address
    INTERNSHIP_FIRM = "medewerker stagebedrijf"
    OTHER = "ander"


class AffectedParty(StrEnum):
    """Whom the alleged act concerns, as the duties tell them apart."""

    LEARNER = "leerling"  # also: the child in childcare
    ENTRUSTED = "met taken belast persoon"
    OTHER = "ander"


class Knower(StrEnum):
    """Who of the institution knows of the alleged act, in any way."""

    STAFF = "personeel"
    INTERNAL_ADVISER = "interne vertrouwenspersoon"  # staff; secrecy is no defence
    EXTERNAL_ADVISER = "externe vertrouwenspersoon"  # no staff
    COMMITTEE_STAFF = "klachtencommissielid personeel"
    BOARD = "bevoegd gezag"  # education; in ho the instellingsbestuur
    PROVIDER = "houder"  # childcare

    @property
    def is_staff(self) -> bool:
        return self in (Knower.STAFF, Knower.INTERNAL_ADVISER, Knower.COMMITTEE_STAFF)


class Weighing(StrEnum):
    """What the consultation concluded about a reasonable suspicion (redelijk vermoeden)."""

    REASONABLE = "redelijk"
    NOT_REASONABLE = "niet redelijk"
    DOUBT = "twijfel"  # a police melding is possible


class Step(StrEnum):
    """What is done on the road that the law asks; each once, with its day and who recorded it."""

    BOARD_INFORMED = "bevoegd gezag geïnformeerd"  # the board or provider
    CONSULTED = "overleg gevoerd"  # with the confidential inspector
    WEIGHED = "gewogen"  # is there a reasonable suspicion
    PARENTS_INFORMED = "ouders geïnformeerd"
    ACCUSED_INFORMED = "beklaagde geïnformeerd"
    REFUSED = "aangifte geweigerd"  # starts the ladder
    FILED = "aangifte gedaan"
    REPORTED_BACK = "teruggekoppeld"  # the board or provider, to the inspector
    CHECKED = "nagegaan"  # the inspector, with the police
    RUNG_1 = "stap 1 van de ladder"  # after a refusal; who acts stands in the rule set
    RUNG_2 = "stap 2 van de ladder"
    RUNG_3 = "stap 3 van de ladder"
    RUNG_4 = "stap 4 van de ladder"


RUNGS = {1: Step.RUNG_1, 2: Step.RUNG_2, 3: Step.RUNG_3, 4: Step.RUNG_4}


class AssessReason(StrEnum):
    """After what the duties of a dossier were assessed."""

    REPORTED = "melding vastgelegd"
    FACT_CHANGED = "feit veranderd"
    STEP_TAKEN = "stap vastgelegd"
    STEP_WITHDRAWN = "stap teruggenomen"
    JOINED = "samengevoegd"
    SEPARATED = "losgemaakt"
    UNDONE = "ongedaan gemaakt"
    ASKED = "opnieuw beoordeeld"  # a person asked for it: a new report came, or the rules changed
