"""What somebody writes for themselves before it is handed in: sealed to their own key alone.

Saving it asks only the public key, so it works while the session is locked. Record and number of
the save are bound to it: an older save that was put back in the row of a newer one does not open.
"""

from vertrouwd.sealing.keys import PublicKey, wrap
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.padding import pad, unpad
from vertrouwd.sealing.team import check_pinned, is_vouched_for
from vertrouwd.sealing.terms import Purpose


class NotVouchedFor(Exception):
    """No colleague granted this key yet, or it was revoked: nothing is sealed to it."""


def seal_own(text: str, *, holder: HolderKey, record: str, saved: int) -> bytes:
    """The text, padded, as only this holder opens it. Raises NotVouchedFor, NotPinned."""
    _check(holder)
    to = PublicKey(bytes(holder.public_key))
    return wrap(pad(text.encode()), to=to, purpose=Purpose.DRAFT, record=record, key_version=saved)


def open_own(sealed: bytes, *, opened: Opened, record: str, saved: int) -> str:
    """What it says. Raises Unreadable for another person, record or number of the save."""
    return unpad(opened.own(sealed, purpose=Purpose.DRAFT, record=record, version=saved)).decode()


def _check(holder: HolderKey) -> None:
    """Who can write in the database could exchange a public key: the team must vouch for it."""
    by = holder.signed_by
    if holder.revoked_at is not None or by is None or not is_vouched_for(holder, by):
        raise NotVouchedFor
    check_pinned(by, may_be_older=False)
