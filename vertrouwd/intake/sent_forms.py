"""Forms that were sent: within a day the same form is known again, and nothing is stored twice.

Of a form the database keeps a digest of the token of its page, and a MAC over what was sent; both
go after a day. The key of the MAC follows from the form key, so that the database alone does not
tell whether somebody told this or that.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.utils import Error

from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.intake.form_key import form_key
from vertrouwd.intake.models import SentForm
from vertrouwd.intake.told import Told
from vertrouwd.intake.told_json import as_json
from vertrouwd.sealing.suite import derived_key

KEPT = timedelta(hours=24)
# The last page is used no longer than this, so that its token never outlives what knows it again.
LAST_PAGE_GOOD_FOR = timedelta(hours=12)


def digest_of(token: bytes) -> str:
    """The name of the last page of a form in the database: nothing follows from it."""
    return sha256(b"vertrouwd sent form 1" + token).hexdigest()


def mac_of(told: Told, files: Iterable[SealedFile]) -> str:
    """The same for the same answers and files, whatever the order of the files."""
    sent = {"told": as_json(told), "files": sorted(file.sha256 for file in files)}
    return _mac(b"vertrouwd sent form 1", _canonical(sent))


def digest_of_mailbox_form(token: bytes, reference: str, *parts: str) -> str:
    """The name of a form of the mailbox with these words: other words are another form."""
    return _mac(b"vertrouwd mailbox form 1", _canonical([token.hex(), reference, *parts]))


def note_sent(digest: str, *, mac: str = "", reference: str, at: datetime) -> None:
    """Keep that this form was sent. Raises IntegrityError when it was sent before.

    Needs an open transaction: the one that stores what was sent.
    """
    SentForm.objects.create(digest=digest, mac=mac, at=at, mailbox=reference)


def sent_before(digest: str) -> SentForm | None:
    """The form with this digest, if it was sent."""
    return SentForm.objects.filter(digest=digest).first()


def was_surely_not_sent(digest: str) -> bool:
    """Whether we know that nothing of this form was stored, so that its files are nobody's.

    A database that goes away in the middle may have stored it. Then the files stay; if they are
    nobody's they are cleared away later.
    """
    try:
        return sent_before(digest) is None
    except Error:
        return False


def forget_sent_forms(*, now: datetime) -> int:
    """Delete what was sent a day ago; how many."""
    return SentForm.objects.filter(at__lt=now - KEPT).delete()[0]


def forget_forms_of(reference: str) -> None:
    """Of a mailbox with all that was in it gone: the same form would be stored, not known again."""
    SentForm.objects.filter(mailbox=reference).delete()


def _mac(use: bytes, content: bytes) -> str:
    key = derived_key(form_key(), salt=b"", info=use)
    return hmac.digest(key, content, sha256).hex()


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
