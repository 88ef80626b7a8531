"""What a reporter sees in the mailbox, opened; it lives in the memory of one request."""

from dataclasses import dataclass, field
from datetime import date, datetime

from vertrouwd.dossiers.casework_terms import Condition, MessageFrom, Status
from vertrouwd.dossiers.models import Report
from vertrouwd.intake.models import KeptRecord


@dataclass(frozen=True)
class Line:
    """One message of the thread."""

    sender: MessageFrom
    at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True)
class FileLine:
    """One file that the reporter added; `size` in bytes. Of a kept record it is not known when."""

    name: str = field(repr=False)
    size: int
    added_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OpenedMailbox:
    """A report, or a record that is kept, as its reporter sees it. `key` is 32 bytes."""

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
