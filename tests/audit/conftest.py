"""An installation of its own, for tests with processes of their own."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty installation of its own, on the database of this run."""
    environment = {
        **os.environ,
        "VERTROUWD_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.command",
    }
    if not os.environ.get("VERTROUWD_DATABASE"):
        yield environment
        return
    import psycopg

    name = f"writers_{uuid4().hex[:8]}"
    address = os.environ["VERTROUWD_DATABASE"]
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        place, _, query = address.partition("?")
        environment["VERTROUWD_DATABASE"] = f"{place.rpartition('/')[0]}/{name}?{query}"
        yield environment
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
