"""What is asked once more before it is done, in plain words that promise no more than is true."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.intake.mailbox import OpenedMailbox


@dataclass(frozen=True)
class Question:
    """One page that asks: what it means, and the button that does it.

    `may`: whether it can be done in this mailbox, as it is now.
    """

    title: Any  # all four translated lazily
    means: tuple[Any, ...]
    yes: Any
    offer: Any  # of the button in the mailbox that leads here
    may: Callable[[OpenedMailbox], bool]


QUESTIONS: dict[str, Question] = {
    "versturen": Question(
        _("Wil je dat een vertrouwensinspecteur dit leest?"),
        (
            _("Nu kan niemand het lezen. Verstuur je het, dan lezen vertrouwensinspecteurs wat je "
              "hebt opgeschreven. Ook je bestanden."),
            _("Dat kun je niet terughalen. Je kunt je melding later wel intrekken. Dan weten wij "
              "dat je niet wilt dat wij er iets mee doen."),
            _("Je nummer en je code blijven hetzelfde."),
        ),
        _("Ja, verstuur het"),
        _("Verstuur dit naar een vertrouwensinspecteur"),
        lambda box: box.is_kept,
    ),
    "weggooien": Question(
        _("Wil je dit weggooien?"),
        (
            _("Alles wat je hier hebt opgeschreven gaat weg, ook je bestanden. Niemand kan het dan "
              "nog terughalen. Wij ook niet."),
        ),
        _("Ja, gooi het weg"),
        _("Gooi dit weg"),
        lambda box: box.is_kept,
    ),
    "loslaten": Question(
        _("Wil je dat wij niet langer wachten?"),
        (
            _("Je hebt gezegd wanneer wij iets mogen doen. Laat je dat los, dan kan een "
              "vertrouwensinspecteur met je bespreken wat er nu kan."),
            _("Dit zegt niets over andere mensen. Wij vertellen nooit of iemand anders iets heeft "
              "gemeld."),
        ),
        _("Ja, wacht niet langer"),
        _("Wacht niet langer"),
        lambda box: not box.is_kept and box.condition != Condition.NONE,
    ),
    "intrekken": Question(
        _("Wil je je melding intrekken?"),
        (
            _("Dan weten wij: je wilt niet dat wij hier iets mee doen. De vertrouwensinspecteur "
              "ziet dat."),
            _("Wat je hebt verteld blijft bij ons bewaard. Soms moeten wij toch iets doen: als er "
              "groot gevaar is, of als de wet het vraagt."),
            _("Je postvak blijft open. Je kunt je melding later weer laten gelden."),
        ),
        _("Ja, trek mijn melding in"),
        _("Trek mijn melding in"),
        lambda box: not box.is_kept and box.withdrawn_at is None,
    ),
    "terugkomen": Question(
        _("Wil je dat je melding weer geldt?"),
        (
            _("Je hebt je melding ingetrokken. Laat je hem weer gelden, dan mag een "
              "vertrouwensinspecteur er weer iets mee doen."),
        ),
        _("Ja, mijn melding geldt weer"),
        _("Laat mijn melding weer gelden"),
        lambda box: not box.is_kept and box.withdrawn_at is not None,
    ),
    "wissen": Question(
        _("Wil je je eigen kopie wissen?"),
        (
            _("Dan kun jij dit postvak nooit meer openen. Je code werkt dan niet meer, en een "
              "antwoord kun je niet meer lezen."),
            _("Bij ons gaat niets weg. De vertrouwensinspecteur houdt je melding en je berichten."),
            _("Wil je dat wij niets meer doen? Trek dan eerst je melding in."),
        ),
        _("Ja, wis mijn kopie"),
        _("Wis mijn eigen kopie"),
        lambda box: not box.is_kept,
    ),
}  # fmt: skip


def offered(mailbox: OpenedMailbox) -> dict[str, Question]:
    """What can be asked in this mailbox, by the name of its button."""
    return {verb: each for verb, each in QUESTIONS.items() if each.may(mailbox)}
