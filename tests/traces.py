"""Search bytes for what must not be in them, in every form in which it could have come there.

assert traces({"name": "Jan Jansen"}, {"the log": said}) == []
"""

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

SHORTEST = 6  # bytes: anything shorter is found by chance


def traces(secrets: Mapping[str, str | bytes], places: Mapping[str, bytes | str]) -> list[str]:
    """Which secret stands in which place, and in which form: one line each.

    Letters in capitals and small count as the same; so do the two ways to write hexadecimal.
    """
    found = []
    for place, content in places.items():
        raw = content.encode() if isinstance(content, str) else content
        lowered = raw.lower()
        for name, secret in secrets.items():
            found += [
                f"{name} stands in {place} as {form}"
                for form, needle, exact in forms(secret)
                if needle in (raw if exact else lowered)
            ]
    return found


def forms(secret: str | bytes) -> Iterator[tuple[str, bytes, bool]]:
    """(its name, the bytes to look for, whether capitals count) of every form of a secret."""
    raw = secret.encode() if isinstance(secret, str) else secret
    if len(raw) < SHORTEST:
        raise ValueError(f"A secret of {len(raw)} bytes is found by chance.")
    encoded = {"bytes": raw}
    if isinstance(secret, str):
        encoded = {f"text in {c}": secret.encode(c) for c in ("utf-8", "utf-16-le", "utf-16-be")}
        yield "JSON", json.dumps(secret)[1:-1].lower().encode(), False
        yield "an address", quote(secret, safe="").lower().encode(), False
        yield "a form", quote_plus(secret).lower().encode(), False
    for name, data in encoded.items():
        yield name, data.lower() if isinstance(secret, str) else data, not isinstance(secret, str)
        yield f"hexadecimal of {name}", data.hex().encode(), False
        for part in _base64(data):
            yield f"base64 of {name}", part, True
            yield f"base64url of {name}", part.translate(bytes.maketrans(b"+/", b"-_")), True


def _base64(data: bytes) -> Iterator[bytes]:
    """What its base64 has in common, whatever stands before and behind it: three ways."""
    for before in range(3):
        skip, rest = -(-before * 8 // 6), (before + len(data)) % 3
        whole = base64.b64encode(bytes(before) + data)
        yield whole[skip : len(whole) - (4 if rest else 0)]


def files_below(*folders: Path, without: Iterable[Path] = ()) -> dict[str, bytes]:
    """Path -> content of every file; the name of each file as well."""
    left_out = set(without)
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in left_out:
                found[str(path)] = path.name.encode() + b"\0" + path.read_bytes()
    return found


def read_session(data: str) -> str:
    """What the data of a stored session say to anybody: they are signed, and packed, not sealed."""
    from django.core import signing

    signed = data.rsplit(":", 2)[0]
    packed = signing.b64_decode(signed.removeprefix(".").encode())
    return (zlib.decompress(packed) if signed.startswith(".") else packed).decode()
