"""The inspector who notes the calls."""

import pytest


@pytest.fixture
def ine(inspector, unlock):
    """The inspector, unlocked."""
    client, user = inspector
    unlock(client, user)
    return client, user
