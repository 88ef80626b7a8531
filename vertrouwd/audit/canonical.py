"""The bytes of a line that the chain is made of, so that another program can re-check it.

Form 1. The bytes are JSON in ASCII without spaces (`json.dumps(..., sort_keys=True,
separators=(",", ":"))` in Python), an array of eleven:

    [1, number, id, at, actor, action, kind, object, result, origin, detail]

- 1: the form; `number`: the place in the chain, from 1; `id`: the key of the line;
- `at`: the moment in UTC with six decimals, `2026-11-25T16:39:28.123456Z`;
- `detail`: an object of whole numbers, booleans, nulls and texts, its keys sorted; it may hold
  lists and objects of these; no fractions, which databases write differently.

    digest(number) = SHA-256( digest(number - 1) + bytes of the line )

where a digest is 32 bytes, and that before the first line is 32 zero bytes. It is stored as 64
hexadecimal digits. Nothing depends on which database keeps the lines. No Django here.
"""

import json
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted

FORM = 1
START = bytes(32)  # the digest before the first line

# id, at (UTC text as the database gives it), actor, action, kind, object, result, origin, detail
# (JSON text)
Stored = tuple[int, str, str, str, str, str, str, str, str]

_sorted = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def line_bytes(number: int, stored: Stored) -> bytes:
    """The canonical bytes of a stored line at a place in the chain.

    Raises ValueError when what is stored can be no line (a detail that is no JSON).
    """
    key, at, actor, action, kind, reference, result, origin, detail = stored
    if len(at) == 19:  # SQLite leaves six zeros out
        at += ".000000"
    if detail != "{}":
        detail = _sorted(json.loads(detail))
    # The same as one json.dumps of the array, in less than half the time.
    return (
        f'[{FORM},{number},{key},"{at[:10]}T{at[11:]}Z",{quoted(actor)},{quoted(action)},'
        f"{quoted(kind)},{quoted(reference)},{quoted(result)},{quoted(origin)},{detail}]"
    ).encode()


def next_digest(previous: bytes, number: int, stored: Stored) -> bytes:
    """The 32 bytes of the link at `number`, after the 32 bytes of the link before it."""
    return sha256(previous + line_bytes(number, stored)).digest()
