"""What a page says of the stage of a request: what it is called, and what is to be done now."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from vertrouwd.privacy_requests.terms import Stage

_ = gettext_lazy


@dataclass(frozen=True)
class Hint:
    """How far it is, and what is next."""

    stage: Any
    turn: Any


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
    Stage.WITHDRAWN: _("De vrager trok het verzoek in. Er verandert niets meer."),
}
