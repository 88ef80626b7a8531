"""One sealed text of a dossier or report: sealed by an act, opened for who has unlocked."""

from datetime import datetime

from django.utils.translation import gettext

from vertrouwd.audit.record import Actor
from vertrouwd.dossiers.refused import Refused
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Opened, Opener
from vertrouwd.sealing.team import NoTeam, NotPinned
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import Destroyed, Texts, seal_texts
from vertrouwd.sealing.unreadable import Unreadable


def seal_words(
    record: str,
    purpose: Purpose,
    texts: Texts,
    *,
    by: Actor,
    opened: Opener | None,
    revision: int | None = None,
    now: datetime | None = None,
) -> None:
    """Seal them with what is there. Raises Refused when there is no team, or it was destroyed."""
    try:
        seal_texts(record, purpose, texts, by=by, opened=opened, revision=revision, now=now)
    except (NoTeam, NotPinned):
        raise Refused(gettext("Er is nog geen sleutel van het team. Vraag uw beheerder.")) from None
    except Destroyed:
        raise Refused(
            gettext("De teksten van dit dossier zijn vernietigd. Er komt niets meer bij.")
        ) from None


def trimmed(words: str) -> str:
    """As they are sealed: with one kind of line end, and nothing blank around them."""
    return words.replace("\r\n", "\n").strip()


def fitting(words: str, *, longest: int) -> str:
    """The same. Raises Refused when there are more characters than `longest`."""
    words = trimmed(words)
    if len(words) > longest:
        raise Refused(gettext("Deze tekst is te lang."))
    return words


def open_words(
    record: str, purpose: Purpose, field: str, *, opened: Opened, revision: int | None = None
) -> str:
    """What it says, in its last revision unless told. Raises Unreadable, also for what is not."""
    rows = SealedText.objects.select_related("data_key__team_key").filter(
        data_key__record=record, data_key__purpose=purpose, field=field
    )
    if revision is not None:
        rows = rows.filter(revision=revision)
    found = rows.order_by("-revision").first()
    if found is None:
        raise Unreadable
    return opened.text(found)


def readable_words(record: str, purpose: Purpose, field: str, *, opened: Opened) -> str:
    """The same; empty when nothing was sealed, or it cannot be opened."""
    try:
        return open_words(record, purpose, field, opened=opened)
    except Unreadable:
        return ""
