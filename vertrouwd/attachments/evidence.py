"""The original of a file: read and compared with what was sealed, and saved as evidence."""

from collections.abc import Iterator
from hashlib import sha256

from vertrouwd.accounts.models import User
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.storing import Facts, original_of, read_original
from vertrouwd.attachments.terms import Evidence
from vertrouwd.audit.record import record
from vertrouwd.sealing.opening import Opener
from vertrouwd.sealing.unreadable import Unreadable


def checked_original(attachment: Attachment, facts: Facts, *, opener: Opener) -> Iterator[bytes]:
    """The original in pieces, which turns out to be what was sealed.

    Raises Unreadable, at the latest after the last piece: act only when it ended.
    """
    digest = sha256()
    for piece in read_original(attachment, opener=opener):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != facts.sha256:
        raise Unreadable


def save_original(
    attachment: Attachment, *, reason: Evidence, opened: Opener, by: User
) -> tuple[int, Iterator[bytes]]:
    """Its size in bytes and its pieces, for somebody who takes it along; writes down who and why.

    It is read to its end first: what is damaged is not handed out. Raises Unreadable.
    """
    facts = original_of(attachment, opened)
    for _ in checked_original(attachment, facts, opener=opened):
        pass
    record(
        by=by, action="save_original", kind="file", object=attachment.reference,
        detail={"reason": reason.name.lower()},
    )  # fmt: skip
    return facts.size, read_original(attachment, opener=opened)
