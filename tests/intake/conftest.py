"""An inspectorate that can read what comes in, and reporters who send."""

import secrets

import pytest

from tests.dossiers.casework import Office
from tests.intake.reporters import send
from tests.teams import make_opened_team
from vertrouwd.intake.receiving import Receipt
from vertrouwd.sealing.opening import Opened


@pytest.fixture
def opened(db, home) -> Opened:
    """A team; one of it has unlocked."""
    return make_opened_team()


@pytest.fixture
def token() -> bytes:
    """That of one last page."""
    return secrets.token_bytes(32)


@pytest.fixture
def office(db, home) -> Office:
    """An inspector with a key, and colleagues."""
    return Office()


@pytest.fixture
def receipt(office) -> Receipt:
    """Of the one report that was sent."""
    return send()
