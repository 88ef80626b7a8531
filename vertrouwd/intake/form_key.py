"""The form key, which the public process alone has."""

from django.conf import settings


def form_key() -> bytes:
    """32 bytes, with which all is sealed that a page or the cookie of the mailbox carries."""
    key: bytes = settings.FORM_KEY  # type: ignore[misc]
    return key
