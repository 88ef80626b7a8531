"""What was told in confidence, opened for this one request, and how a page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from vertrouwd.dossiers.casework_terms import PARTICULARS
from vertrouwd.sealing.many_texts import OpenedTexts
from vertrouwd.sealing.terms import Purpose

LABELS = {
    "narrative": gettext_lazy("Wat er is verteld"),
    "institution": gettext_lazy("Naam van de plek, zoals de melder die schreef"),
    "reporter_name": gettext_lazy("Naam van de melder"),
    "reporter_contact": gettext_lazy("Telefoon of e-mail van de melder"),
    "accused_name": gettext_lazy("Naam van de beklaagde"),
    "accused_function": gettext_lazy("Functie van de beklaagde"),
    "affected_initials": gettext_lazy("Initialen van de betrokkene"),
}
PURPOSES = (Purpose.THREAD, Purpose.IDENTITY, Purpose.NOTES, Purpose.DOSSIER)
# Shown in a place of their own, or (the reason of a broken glass) to who judges it.
ELSEWHERE = (
    "glass-",
    "note-",
    "task-",
    "message-",
    "event-",
    "weighing-",
    "step-",
    "advice-",
    "assist-",
)


@dataclass(frozen=True)
class Told:
    """The texts of one record; `unreadable`: some were destroyed or cannot be opened."""

    told: list[tuple[str, str]]  # label, text: what somebody wrote
    particulars: list[tuple[str, str]]  # label, text: names and the like
    unreadable: bool

    @property
    def opened(self) -> list[tuple[str, str]]:
        """All of them."""
        return self.told + self.particulars


def told(texts: OpenedTexts) -> Told:
    """What of it stands with the record itself."""
    shown: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    for text in texts.texts:
        if not text.field.startswith(ELSEWHERE):
            label = str(LABELS.get(text.field, gettext("Tekst")))
            shown[text.field in PARTICULARS].append((label, text.words))
    return Told(shown[False], shown[True], texts.unreadable)
