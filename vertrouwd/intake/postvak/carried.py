"""What a page of an open mailbox carries, sealed: whose it is, and what was written and not sent.

Knows no Django. The reporter may have been away longer than the mailbox stays open: what was
written then is still in the page, and goes to that mailbox only.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vertrouwd.sealing.form_state import open_state, seal_state

FORM = "postvak"
GOOD_FOR = timedelta(hours=24)
NONCE_BYTES = 16


@dataclass(frozen=True)
class Carried:
    """`nonce` tells two messages from one that was sent twice; `words` were not sent yet.

    `at_once`: who opens the mailbox again wants the words to be sent.
    """

    reference: str
    nonce: str
    words: str = field(default="", repr=False)
    at_once: bool = False


def begun(reference: str, *, words: str = "") -> Carried:
    """What a new page of this mailbox carries."""
    return Carried(reference, secrets.token_hex(NONCE_BYTES), words)


def sealed(carried: Carried, *, key: bytes, now: datetime) -> str:
    """As one text for a hidden field. Raises TooLarge."""
    values = {
        "reference": carried.reference,
        "nonce": carried.nonce,
        "words": carried.words,
        "at_once": "ja" if carried.at_once else "",
    }
    return seal_state(values, key=key, form=FORM, now=now)


def opened(text: str, *, key: bytes, now: datetime) -> Carried:
    """What a page carried. Raises Forged and Expired."""
    values = open_state(text, key=key, form=FORM, now=now, max_age=GOOD_FOR)
    return Carried(values["reference"], values["nonce"], values["words"], bool(values["at_once"]))
