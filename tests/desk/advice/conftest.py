"""An inspector who has unlocked, at the pages of advice."""

import pytest

from tests.advice.house import House
from tests.desk.conftest import Desk


class AdviceHouse(House):
    """The acts, by the inspector at this desk."""

    def __init__(self, desk: Desk) -> None:
        self.inspector = desk.user
        self.desk = desk

    @property
    def opened(self):
        return self.desk.opened


@pytest.fixture
def house(desk) -> AdviceHouse:
    return AdviceHouse(desk)
