"""The page of one file: what became of it, and its clean copy, opened for this one request."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from vertrouwd.attachments.cleaning.child import Busy
from vertrouwd.attachments.cleaning.copies import Copy, copy_of, words_of
from vertrouwd.attachments.cleaning.made import NotPossible, Reason
from vertrouwd.attachments.cleaning.opening import is_busy, may_scan_again
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.storing import Facts, original_of
from vertrouwd.attachments.terms import Cleaning, Scan
from vertrouwd.desk.attachments import wording
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.unreadable import Unreadable

LONGEST = 200_000  # signs of a text on one page


@dataclass(frozen=True)
class FilePage:
    """Everything the page shows; without `facts` nothing of the file can be opened."""

    attachment: Attachment
    facts: Facts | None
    is_busy: bool
    copy: Copy | None = None
    words: str = field(default="", repr=False)
    is_cut: bool = False
    problem: str = ""  # why what is there is not shown now
    number: int = 1
    as_words: bool = False  # the page of a PDF is to be read as well

    @property
    def is_waiting(self) -> bool:
        return self.attachment.cleaning == Cleaning.WAITING

    @property
    def is_harmful(self) -> bool:
        return self.attachment.cleaning == Cleaning.QUARANTINED

    @property
    def why_not(self) -> str:
        """A sentence; empty when there is a copy, or can be."""
        reason = self.attachment.why_not
        return wording.why_not(Reason(reason)) if reason else ""

    @property
    def may_try_again(self) -> bool:
        """Whether it may go otherwise a next time."""
        return self.attachment.why_not in (Reason.CRASHED, Reason.TOO_SLOW, Reason.BROKEN)

    @property
    def may_scan_again(self) -> bool:
        return self.copy is not None and may_scan_again(self.attachment)

    @property
    def kind(self) -> str:
        return wording.kind_of(self.facts.type) if self.facts else ""

    @property
    def scan_failed(self) -> bool:
        return self.attachment.scan == Scan.FAILED

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def following(self) -> int | None:
        return self.number + 1 if self.copy and self.number < self.copy.pages else None


def read_file(
    attachment: Attachment, *, number: int, as_words: bool, opened: Opened, now: datetime
) -> FilePage:
    """Of a file that came through the door; `number` of the page, from 1, `as_words` too."""
    busy = is_busy(attachment, now=now)
    try:
        facts = original_of(attachment, opened)
        copy = copy_of(attachment, opener=opened) if attachment.cleaned else None
    except Unreadable:
        return FilePage(attachment, None, busy)
    words, problem = "", ""
    number = number if copy and 1 <= number <= copy.pages else 1
    if copy is not None and (not copy.pages or (as_words and copy.has_words)):
        words, problem = _words(attachment, copy, number, opened)
    return FilePage(
        attachment, facts, busy, copy, words[:LONGEST], len(words) > LONGEST, problem,
        number, as_words,
    )  # fmt: skip


def facts_in_words(page: FilePage) -> list[tuple[str, str]]:
    """When it came, what it is, what was done: for the list at the side."""
    of = page.attachment
    told = [(gettext("Ontvangen"), _moment(of.added_at)), (gettext("Soort"), page.kind)]
    if page.copy and of.cleaned_at:
        told.append((gettext("Schone kopie"), _moment(of.cleaned_at)))
    scanned = gettext(of.scan)
    if of.scanned_at:
        scanned += f", {_moment(of.scanned_at)}"
    return [*told, (gettext("Scan op schadelijke software"), scanned)]


def _words(attachment: Attachment, copy: Copy, page: int, opened: Opened) -> tuple[str, str]:
    """The words, or why they are not shown."""
    try:
        return words_of(attachment, copy, page, opener=opened), ""
    except Busy:
        return "", gettext("Er worden nu veel bestanden geopend. Kijk over een minuut nog eens.")
    except (NotPossible, Unreadable):
        return "", gettext("De schone kopie is er, maar de tekst is er niet uit te halen.")


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")
