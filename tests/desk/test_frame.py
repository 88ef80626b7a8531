"""The frame around every page of the casework."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders


def roles_of(path: str) -> list[dict[str, str]]:
    """The custom properties of a stylesheet, of light and dark."""
    found = finders.find(path)
    assert isinstance(found, str)
    blocks = re.findall(r":root \{(.*?)\}", Path(found).read_text("utf-8"), re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): ([^;]+);", block)) for block in blocks[:2]]


def test_the_colours_of_the_casework_are_those_of_the_public_pages():
    public, desk = roles_of("publication/publication.css"), roles_of("desk/desk.css")
    for ours, theirs in zip(desk, public, strict=True):
        shared = ours.keys() & theirs.keys()
        assert len(shared) > 8
        assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def test_a_page_that_is_not_there_names_nothing(client, casework, db):
    response = client.get("/nergens/M-0000012")
    assert response.status_code == 404
    assert b"M-0000012" not in response.content


@pytest.mark.parametrize("address", ["/", "/nergens"])
def test_somebody_who_is_not_logged_in_sees_no_menu(client, casework, db, address):
    response = client.get(address, follow=False)
    assert b"/logboek" not in response.content
