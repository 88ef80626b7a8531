"""What the pages about the key have in common: the way back, base64url, and the page itself."""

import base64
import binascii
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from vertrouwd.accounts.models import User
from vertrouwd.accounts.terms import SlotKind
from vertrouwd.accounts.unlock.attempts import Failed
from vertrouwd.accounts.unlock.models import UnlockSlot
from vertrouwd.accounts.unlock.passkeys import passkeys_of
from vertrouwd.accounts.unlock.session_key import begin, give_cookie, person, session_key_of
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey

LONGEST_ADDRESS = 500  # characters
LONGEST_FIELD = 4096  # characters of base64url: a credential id has at most 1023 bytes


def local_path(text: str | None) -> str:
    """A path of our own to go on to; the start page for anything else."""
    text = text or ""
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if is_ours and text.isprintable() and len(text) <= LONGEST_ADDRESS else "/"


def to_base64url(data: bytes) -> str:
    """As browsers write binary values in the options of a passkey."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """The bytes, none when it is no base64url."""
    if len(text) > LONGEST_FIELD or not text.isascii():
        return b""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""


def passkey_options(slots: list[UnlockSlot], user: User) -> list[dict[str, str]]:
    """What the script asks of the browser: each passkey that can unlock, and its salt."""
    names = passkeys_of(user)
    return [
        {
            "id": to_base64url(bytes(slot.credential)),
            "salt": to_base64url(bytes(slot.salt)),
            "name": names.get(bytes(slot.credential), ""),
        }
        for slot in slots
        if slot.kind == SlotKind.PASSKEY
    ]


def show(
    request: HttpRequest, name: str, failed: Failed | None = None, **context: Any
) -> HttpResponse:
    """The page, with what failed; never kept by a browser."""
    context["mistakes"] = failed.sentences if failed else []
    response = render(request, f"accounts/{name}.html", context)
    response.headers["Cache-Control"] = "no-store"
    if failed:
        response.status_code = failed.status
        if failed.retry_after:
            response.headers["Retry-After"] = str(failed.retry_after)
    return response


def unlocked(
    response: HttpResponse,
    request: HttpRequest,
    *,
    secret: SecretKey,
    holder: HolderKey,
    way: str = "passphrase",
) -> HttpResponse:
    """The response, with the session of this request unlocked by it."""
    key = begin(
        secret=secret, holder=holder, session_key=session_key_of(request), by=person(request),
        way=way,
    )  # fmt: skip
    give_cookie(response, key, request)
    return response
