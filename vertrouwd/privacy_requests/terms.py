"""Words of the requests somebody makes about what is kept of them.

English name for us, official Dutch value for the law. The glossary (docs/glossary.md) is generated
from here.
"""

from enum import StrEnum


class RequestKind(StrEnum):
    """What is asked."""

    ACCESS = "inzage"  # AVG 15
    CORRECTION = "rectificatie"  # AVG 16
    ERASURE = "wissing"  # AVG 17
    RESTRICTION = "beperking"  # AVG 18

    @property
    def is_by_document(self) -> bool:
        """Whether each document is weighed by itself; else each dossier as a whole."""
        return self in (RequestKind.ACCESS, RequestKind.ERASURE)


class Asker(StrEnum):
    """Who asks, as far as the case goes; the name is sealed."""

    REPORTER = "melder"
    AFFECTED = "betrokkene"  # whom the alleged act concerns
    ACCUSED = "beklaagde"
    PARENT = "ouder"
    REPRESENTATIVE = "gemachtigde"  # a lawyer, a guardian, whoever was authorised
    STAFF = "personeelslid"
    OTHER = "ander"

    @property
    def is_for_another(self) -> bool:
        """Whether this person asks on behalf of somebody, and shows by what right."""
        return self in (Asker.PARENT, Asker.REPRESENTATIVE)


class IdentityCheck(StrEnum):
    """How it was checked who asks (AVG 12(6))."""

    IN_PERSON = "identiteitsbewijs gezien"
    COPY = "afgeschermde kopie gezien"  # without photograph and citizen service number
    CODE = "code van de melder"
    CALLED_BACK = "teruggebeld op een bekend nummer"
    NOT_ESTABLISHED = "niet vast te stellen"


class ExtensionReason(StrEnum):
    """Why more time is needed: the two reasons of AVG 12(3)."""

    COMPLEX = "ingewikkeld verzoek"
    MANY = "veel verzoeken"


class DocumentKind(StrEnum):
    """What is kept, as a list may name it: never what it says."""

    STORY = "verslag van de melding"
    PERSON = "naam, functie of contactgegevens"
    CODED = "gecodeerde gegevens"
    NOTE = "aantekening"
    TASK = "toelichting bij een taak"
    MESSAGE = "bericht"
    OPINION = "vraag aan een collega"
    DUTIES = "feiten van de plichten"
    WEIGHING = "weging van het vermoeden"
    STEP = "stap van de ladder"
    ADVICE = "advies"
    ASSISTANCE = "stap naar een oplossing"
    LEDGER = "reden van samenvoegen of losmaken"
    GLASS = "reden om het dossier te openen"
    ATTACHMENT = "bijlage"
    WHOLE = "het hele dossier"  # what correction and restriction are decided of
    OTHER = "andere tekst"


class Outcome(StrEnum):
    """What is decided of one document, or of the dossier."""

    GIVE = "geven"
    PARTLY = "deels geven"
    REFUSE = "weigeren"
    NOT_ABOUT = "gaat niet over de vrager"
    CORRECT = "verbeteren"
    STATEMENT = "eigen verklaring toevoegen"
    ERASE = "wissen"  # a person does it, after the letter: nothing is erased of itself
    RESTRICT = "beperken"


class Part(StrEnum):
    """What somebody does in a request: one of these, never both."""

    WEIGHS = "weegt"
    LOOKS_AFTER = "kijkt na"


class Verdict(StrEnum):
    """What the second person says."""

    AGREES = "akkoord"
    RETURNS = "terug naar de eerste"


class Stage(StrEnum):
    """Where a request is; what follows from its rows, stored nowhere."""

    IDENTITY = "nagaan wie vraagt"
    DOSSIERS = "dossier zoeken"
    WEIGHING = "wegen"
    SECOND_LOOK = "tweede blik"
    RETURNED = "teruggegeven"
    LETTER = "brief"
    SENT = "beantwoord"
    WITHDRAWN = "ingetrokken"


class Receiver(StrEnum):
    """To whom something of the dossier was told before (AVG 19)."""

    BOARD = "bevoegd gezag of houder"
    POLICE = "politie"
    HELP_BODY = "hulpinstantie"
    VEILIG_THUIS = "Veilig Thuis"
    OTHER = "een ander"


class Telling(StrEnum):
    """Whether a receiver heard of the correction, the erasure or the restriction."""

    TOLD = "verteld"
    NOT_POSSIBLE = "kan niet, of kost onevenredig veel"  # AVG 19
