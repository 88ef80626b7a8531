"""The pages of the public site in the role matrix: the same for anybody and for who works here."""

import pytest
from django.test import Client

from tests.desk.matrix import outcome, rows, told
from tests.publication.overview_example import ExampleRelease
from vertrouwd.audit.models import Line
from vertrouwd.publication.overview.files import write_overview


@pytest.fixture
def published(home) -> None:
    folder = home / "publications" / "2022-2023"
    write_overview(ExampleRelease(), folder / "overview")
    (folder / "letter").mkdir()
    (folder / "letter" / "letter.txt").write_text("Geachte voorzitter,")
    (folder / "letter" / "draft.odt").write_text("niet voor u")


PUBLIC_THINGS = {
    "/cijfers/<str:year>": {
        "published": "/cijfers/2022-2023", "missing": "/cijfers/1998-1999",
        "nonsense": "/cijfers/Jan",
    },
    "/cijfers/<str:year>/<path:name>": {
        "published": "/cijfers/2022-2023/letter/letter.txt",
        "draft": "/cijfers/2022-2023/letter/draft.odt",
        "missing": "/cijfers/2022-2023/letter/letter.odt",
    },
}  # fmt: skip


@pytest.mark.parametrize("row", rows("public"), ids=lambda row: f"{row.method} {row.route}")
def test_the_public_site_is_the_same_for_anybody_and_for_who_works_here(db, published, row):
    address = PUBLIC_THINGS[row.route][row.thing] if "<" in row.route else row.route
    stranger, worker = Client(), Client()
    worker.cookies["login"], worker.cookies["unlock"] = "a" * 32, "b" * 43
    answers = set()
    for client in (stranger, worker):
        response = getattr(client, row.method.lower())(address)
        assert outcome(response, refused=0) == row.cells["anybody"]
        assert not response.cookies
        answers.add(told(response, asked=address))
    assert len(answers) == 1
    assert not Line.objects.exists()
