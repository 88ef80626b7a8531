"""An office for the acts of advice."""

import pytest

from tests.advice.house import House


@pytest.fixture
def house(db, home) -> House:
    return House()
