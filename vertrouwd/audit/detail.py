"""What may stand beside a line: counts, codes, references and digests; never free text.

A value that is refused is not repeated in the error: it may be a name. No Django here.
"""

import re
from collections.abc import Mapping

CODE = r"[a-z][a-z0-9]*(?:[_./-][a-z0-9]+)*"  # wrong_phrase, docs/decisions/published-detail.md
REFERENCE = r"[A-Z]{1,4}(?:-?[A-Z0-9]+)*-?[0-9][A-Z0-9-]*"  # D-0000012, M-2026-7K3Q
DIGEST = r"[0-9a-f]{32,128}"
DAY = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:.]{5,15}(?:Z|\+00:00))?)?|-[0-9]{4})?"
ALLOWED = re.compile(f"(?:{CODE}|{REFERENCE}|{DIGEST}|{DAY})")
# D-0000012, a username, a digest, the name of a page, 2022-2023 revision 1
OBJECT = re.compile(r"[\w.:/+<>-]*(?: revision [0-9]+)?", re.ASCII)
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 128  # characters of one value
MOST = 40  # values in one list or group
LARGEST = 2**53  # a whole number that every reader of JSON reads the same


class NotForTheLog(ValueError):
    """The detail holds what may be a name or a narrative; the message names only its key."""


def checked(detail: Mapping[str, object]) -> dict[str, object]:
    """The detail, when each value is a number, a yes or no, a code, a reference, a digest or a day.

    One level of grouping is possible (`{"boards": {"added": 3}}`), and lists of codes. Raises
    NotForTheLog otherwise. Fractions are refused: databases write them differently.
    """
    for key, value in detail.items():
        _check_key(key)
        if isinstance(value, Mapping) and len(value) <= MOST:
            for name, part in value.items():
                _check_key(name)
                _check(key, part)
        elif isinstance(value, list | tuple) and len(value) <= MOST:
            for part in value:
                _check(key, part)
        else:
            _check(key, value)
    return dict(detail)


def is_code(text: str) -> bool:
    """Whether it is a word in lower case, such as `look` or `break_glass`."""
    return bool(re.fullmatch(CODE, text))


def is_reference(text: str) -> bool:
    """Whether it can name an object: one word without what belongs to an address; may be empty."""
    return bool(OBJECT.fullmatch(text))


def _check_key(key: object) -> None:
    if not (isinstance(key, str) and KEY.fullmatch(key)):
        raise NotForTheLog("A key of the detail is a word in lower case, such as 'rows'.")


def _check(key: str, value: object) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int) and abs(value) <= LARGEST:
        return
    if isinstance(value, str) and len(value) <= LONGEST and ALLOWED.fullmatch(value):
        return
    raise NotForTheLog(
        f"The detail '{key}' is no count, code, reference, digest or day. Nothing else may stand "
        "in the log."
    )
