"""What the page of an open mailbox shows, in words for who wrote it."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.dossiers.casework_terms import MessageFrom
from vertrouwd.intake.mailbox import OpenedMailbox
from vertrouwd.intake.postvak.asking import offered
from vertrouwd.intake.standing import Standing, standing_of

DONE = {
    "klopt": gettext_lazy("Je code klopt. Je hebt hem goed opgeschreven."),
    "geschreven": gettext_lazy("Je bericht is verstuurd."),
    "bestanden": gettext_lazy("Je bestanden zijn toegevoegd."),
    "verstuurd": gettext_lazy("Het is verstuurd. Een vertrouwensinspecteur kan het nu lezen."),
    "losgelaten": gettext_lazy("Wij weten nu dat we niet langer hoeven te wachten."),
    "ingetrokken": gettext_lazy("Je melding is ingetrokken."),
    "geldt": gettext_lazy("Je melding geldt weer."),
}
STANDING = {
    Standing.NEW: gettext_lazy(
        "Je melding is bij ons. Een vertrouwensinspecteur gaat er nog naar kijken."
    ),
    Standing.TAKEN_UP: gettext_lazy("Een vertrouwensinspecteur kijkt naar je melding."),
    Standing.WAITING: gettext_lazy("Wij wachten op een bericht van jou."),
    Standing.CLOSED: gettext_lazy("Wij zijn klaar. Schrijf gerust als er nog iets is."),
    Standing.WITHDRAWN: gettext_lazy("Je hebt je melding ingetrokken."),
}
# Until which hour of the day (0-24) it is called so.
PARTS = (
    (6, gettext_lazy("in de nacht")),
    (12, gettext_lazy("in de ochtend")),
    (18, gettext_lazy("in de middag")),
    (24, gettext_lazy("in de avond")),
)


def page_of(mailbox: OpenedMailbox, *, done: str = "") -> dict[str, Any]:
    """Everything the page shows."""
    return {
        "box": mailbox,
        "done": DONE.get(done, ""),
        "standing": STANDING.get(standing_of(mailbox), ""),
        "lines": [
            {
                "own": line.sender == MessageFrom.REPORTER,
                "day": timezone.localdate(line.at),
                "part": part_of_day(line.at),
                "words": line.words,
            }
            for line in mailbox.messages
        ],
        "files": [
            {"name": file.name, "size": size_of(file.size), "at": file.added_at}
            for file in mailbox.files
        ],
        "questions": offered(mailbox),
    }


def part_of_day(at: datetime) -> str:
    """Not more exact than this: nobody needs the minute, and others might recognise it."""
    hour = timezone.localtime(at).hour
    return next(str(words) for until, words in PARTS if hour < until)


def size_of(size: int) -> str:
    """Bytes, in words."""
    if size < 1000 * 1000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{round(size / (1000 * 1000))} MB"
