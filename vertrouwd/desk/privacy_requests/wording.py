"""What a page says of a request and its stage: what it is called, and what is to be done now."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from vertrouwd.privacy_requests.terms import RequestKind, Stage

_ = gettext_lazy


@dataclass(frozen=True)
class Hint:
    """How far it is, and what is next."""

    stage: Any
    turn: Any


@dataclass(frozen=True)
class NextStep:
    """The page on which one goes on, and the words of the button."""

    address: str
    words: Any


STAGES: dict[Stage, Any] = {
    Stage.IDENTITY: _("nagaan wie vraagt"),
    Stage.DOSSIERS: _("dossier zoeken"),
    Stage.WEIGHING: _("wegen"),
    Stage.SECOND_LOOK: _("tweede persoon kijkt na"),
    Stage.RETURNED: _("teruggegeven"),
    Stage.LETTER: _("brief schrijven"),
    Stage.SENT: _("beantwoord"),
    Stage.WITHDRAWN: _("ingetrokken"),
}
TURN: dict[Stage, Any] = {
    Stage.IDENTITY: _("Ga na wie dit vraagt. Daarvoor geeft u niets en zegt u niets."),
    Stage.DOSSIERS: _("Zoek het dossier waarover het gaat, of leg vast dat er niets is."),
    Stage.WEIGHING: _("Weeg elk stuk apart."),
    Stage.SECOND_LOOK: _(
        "Alles is gewogen. Nu kijkt een collega het na die zelf niets heeft gewogen."
    ),
    Stage.RETURNED: _("De collega gaf het terug. Weeg opnieuw wat anders moet."),
    Stage.LETTER: _("Een collega is het ermee eens. Schrijf de brief."),
    Stage.SENT: _("Het verzoek is beantwoord. Er verandert niets meer."),
    Stage.WITHDRAWN: _("De vrager trok het verzoek in."),
}
AGAIN = _("De collega gaf het terug. Ga het nog eens na, en leg vast wat u vindt.")
# What a colleague looks after where there is no document.
NOTHING = _("Er is gezocht en niets gevonden. Nu kijkt een collega dat na.")
NOT_ESTABLISHED = _("Wie vraagt is niet vast te stellen. Nu kijkt een collega dat na.")
# The page below that of the request, and the button that leads there.
NEXT_STEPS: dict[Stage, tuple[str, Any]] = {
    Stage.IDENTITY: ("wie", _("Leg vast wie vraagt")),
    Stage.DOSSIERS: ("dossiers", _("Voeg een dossier toe")),
    Stage.WEIGHING: ("wegen", _("Weeg het volgende stuk")),
    Stage.SECOND_LOOK: ("nakijken", _("Kijk het na")),
    Stage.LETTER: ("brief", _("Schrijf de brief")),
    Stage.SENT: ("brief", _("Lees de brief")),
}
ARTICLES = {
    RequestKind.ACCESS: "AVG 15",
    RequestKind.CORRECTION: "AVG 16",
    RequestKind.ERASURE: "AVG 17",
    RequestKind.RESTRICTION: "AVG 18",
}
