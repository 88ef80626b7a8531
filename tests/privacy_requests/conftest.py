"""An office for the requests of those concerned."""

import pytest

from tests.privacy_requests.privacy_desk import PrivacyDesk


@pytest.fixture
def desk(db, home) -> PrivacyDesk:
    return PrivacyDesk()
