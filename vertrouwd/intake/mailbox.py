"""The reporter's mailbox: reference and code open it, and what was wrong is never said.

An unknown reference, a wrong code and a mistyped one get one answer, after the same questions to
the database and the same ciphers. No opening of a mailbox is written in the log: when a reporter
looks is nobody's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.dossiers.casework_terms import Condition, MessageFrom, Status
from vertrouwd.dossiers.models import Report
from vertrouwd.intake.models import KeptRecord


class WrongCode(Exception):
    """Unknown reference, wrong code, or mistyped: one answer."""

    def __init__(self) -> None:
        super().__init__("No mailbox opens with this reference and code.")


@dataclass(frozen=True)
class Line:
    """One message of the thread."""

    sender: MessageFrom
    at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True)
class FileLine:
    """One file that the reporter added; `size` in bytes. A kept record does not say when."""

    name: str = field(repr=False)
    size: int
    added_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OpenedMailbox:
    """What the reporter sees: a report, or a record that is kept; in the memory of one request."""

    reference: str
    key: bytes = field(repr=False)
    report: Report | None = None
    kept: KeptRecord | None = None
    narrative: str = field(default="", repr=False)
    institution: str = field(default="", repr=False)  # as the reporter wrote it
    messages: tuple[Line, ...] = ()
    files: tuple[FileLine, ...] = ()
    status: Status | None = None  # of the dossier; None: it is kept, nobody has it
    condition: Condition = Condition.NONE
    expires_on: date | None = None  # of a kept record
    withdrawn_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        """Recorded now, to be decided later: nobody but the reporter has it."""
        return self.kept is not None


def open_mailbox(reference: str, code: str) -> OpenedMailbox:
    """With what the reporter typed. Raises WrongCode."""
    raise WrongCode


def open_again(reference: str, key: bytes) -> OpenedMailbox:
    """With the key that the cookie carries. Raises WrongCode, also when the mailbox is gone."""
    raise WrongCode


def write(mailbox: OpenedMailbox, *, words: str, token: bytes, now: datetime | None = None) -> None:
    """Put a message in the thread; the same words from the same page (`token`) once.

    `token` is random and belongs to the page: some 16 bytes in its sealed state. Raises Refused
    with words for the page (empty, too long, a kept record), and NotReceived.
    """


def add_files(
    mailbox: OpenedMailbox,
    files: Sequence[SealedFile],
    *,
    token: bytes,
    now: datetime | None = None,
) -> None:
    """Add files; the same from the same page once. Raises NotReceived; the files are gone then."""


def release(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """A kept record becomes a report under the same reference; of a report the condition goes.

    Doing it twice does it once. Raises NotReceived, WrongCode when it is gone.
    """


def withdraw(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """A kept record is destroyed; of a report the inspector learns that its reporter lets it go."""


def go_on(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """The reporter takes the withdrawal of a report back."""


def delete_own_copy(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """The code opens nothing any more; the report stays with the inspector."""


def prove(mailbox: OpenedMailbox) -> str:
    """A proof that something was filed in that week, as text. Raises Refused for a kept record."""
    return ""
