"""An installation of its own, for tests with processes of their own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.homes import own_database


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty installation of its own, on the database of this run."""
    with own_database(tmp_path / "home") as address:
        yield {
            **os.environ,
            "VERTROUWD_HOME": str(tmp_path / "home"),
            "VERTROUWD_DATABASE": address,
            "DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.command",
        }
