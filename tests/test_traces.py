"""The search for traces finds what is there, in every form: else a clean search says nothing."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from tests.traces import files_below, traces

NAME = "Ömer van het Fietsenhok"
SEED = bytes(range(200, 232))
WRITTEN = {
    "as it is": NAME.encode(),
    "in capitals": NAME.encode().replace(b"van", b"VAN"),
    "in UTF-16": b"\xff\xfe" + NAME.encode("utf-16-le"),
    "in hexadecimal": NAME.encode().hex().upper().encode(),
    "in hexadecimal of UTF-16": NAME.encode("utf-16-be").hex().encode(),
    "in JSON": json.dumps({"a": NAME}).encode(),
    "in an address": quote(NAME, safe="").encode(),
    "in a form": quote_plus(NAME).encode(),
    **{f"in base64 after {n}": base64.b64encode(bytes(n) + NAME.encode() + b"!") for n in range(5)},
    **{f"in base64 before {n}": base64.b64encode(NAME.encode() + bytes(n)) for n in range(5)},
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_name_is_found_however_it_is_written(how):
    assert traces({"a name": NAME}, {"a file": b"before " + WRITTEN[how] + b" after"})


def test_a_key_is_found_as_bytes_hexadecimal_and_base64(tmp_path):
    for written in (SEED, SEED.hex().encode(), base64.urlsafe_b64encode(b"a" + SEED)):
        (tmp_path / "kept").write_bytes(b"x" + written)
        assert traces({"a seed": SEED}, files_below(tmp_path))


def test_what_is_not_there_is_not_found(tmp_path):
    (tmp_path / "kept").write_bytes(NAME[:-1].encode() + SEED[1:])
    assert traces({"a name": NAME, "a seed": SEED}, files_below(tmp_path)) == []


def test_the_name_of_a_file_is_searched_as_well(tmp_path):
    (tmp_path / NAME).touch()
    assert traces({"a name": NAME}, files_below(tmp_path))


def test_what_is_found_by_chance_is_no_secret():
    with pytest.raises(ValueError, match="by chance"):
        traces({"short": "Jan"}, {"a file": b""})
