"""Files of the frame travel compressed, and read the same."""

import gzip

import pytest
from django.test import Client

STYLE = "/static/publication/publication.css"
LETTERS = "/static/publication/vertrouwd-sans-regular.woff2"


def asked(address: str, **headers: str):
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200
    return answer, b"".join(answer.streaming_content)


@pytest.mark.parametrize("address", [STYLE, "/static/publication/exit.js"])
def test_style_and_script_are_compressed_for_who_can_read_that(address):
    _, plain = asked(address)
    answer, packed = asked(address, accept_encoding="gzip")
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain)


@pytest.mark.parametrize("address", [LETTERS, "/static/publication/icon.svg"])
def test_what_is_small_already_is_sent_as_it_is(address):
    answer, body = asked(address, accept_encoding="gzip")
    assert "Content-Encoding" not in answer
    assert body == asked(address)[1]
