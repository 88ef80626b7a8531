"""What an installation says of its public site in the environment, checked before it serves."""

import hashlib
import re
from base64 import b32decode
from urllib.parse import urlsplit

EXIT = "https://www.buienradar.nl/"  # a page anybody may have open
ONION = re.compile(r"[a-z2-7]{56}\.onion")
ONION_VERSION = b"\x03"
LONGEST = 300  # signs of one line


def exit_address(text: str) -> str:
    """Where the quick exit leads; empty: the weather. Raises ValueError."""
    if not text:
        return EXIT
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or not text.isascii() or " " in text:
        raise ValueError(
            f"VERTROUWD_EXIT_URL is '{text[:60]}'. Write an address with https: "
            "https://www.example.nl/."
        )
    return text


def onion_address(text: str) -> str:
    """The name of the same site as an onion service, version 3; empty: none. Raises ValueError.

    A v3 name is base32 of a key of 32 bytes, a checksum of 2 and the version (Tor,
    rend-spec-v3, section 6).
    """
    name = text.strip().lower().removeprefix("http://").rstrip("/")
    if not name:
        return ""
    if ONION.fullmatch(name):
        raw = b32decode(name.removesuffix(".onion").upper())
        key, check, version = raw[:32], raw[32:34], raw[34:]
        made = hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2]
        if version == ONION_VERSION and check == made:
            return name
    raise ValueError(
        f"VERTROUWD_ONION is '{text[:70]}'. Write the name of a version 3 onion service: 56 signs "
        "and .onion. One of its signs may be mistyped."
    )


def contact(name: str, text: str) -> str:
    """Whom to reach, as one line on a page; empty: not said yet. Raises ValueError.

    No address of a website: pages name no third party.
    """
    line = " ".join(text.split())
    if "//" in line or len(line) > LONGEST:
        raise ValueError(
            f"{name} is one line of at most {LONGEST} signs without an address of a website: "
            "a name, an e-mail address, a telephone number."
        )
    return line
