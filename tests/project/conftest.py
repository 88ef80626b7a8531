"""Homes with people and keys: made once for a module, a copy for each test."""

from collections.abc import Iterator

import pytest

from tests.faults.installation import again, installation
from tests.project.key_people import Office, office


@pytest.fixture(scope="module")
def example_without_team(tmp_path_factory) -> Iterator[Office]:
    with installation(tmp_path_factory.mktemp("people") / "home") as made:
        yield office(made, team=False)


@pytest.fixture(scope="module")
def example_with_team(tmp_path_factory) -> Iterator[Office]:
    with installation(tmp_path_factory.mktemp("team") / "home") as made:
        yield office(made, team=True)


@pytest.fixture
def people(example_without_team, tmp_path) -> Iterator[Office]:
    with again(example_without_team.made, tmp_path / "home") as made:
        yield example_without_team.in_copy(made)


@pytest.fixture
def team(example_with_team, tmp_path) -> Iterator[Office]:
    with again(example_with_team.made, tmp_path / "home") as made:
        yield example_with_team.in_copy(made)
