"""What guessing a password or a passphrase costs: next to nothing in tests that are not about it.

With the real cost a third of the time of the tests about people went into it. The processes that
tests start (`serve`, commands) pay it as always.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from vertrouwd.accounts.login.password_hashing import Argon2
from vertrouwd.sealing import passphrases

LITTLE = 64  # KiB
REAL_COSTS = dict(passphrases.COSTS)
REAL_MEMORY = Argon2.memory_cost


@contextmanager
def cheap() -> Iterator[None]:
    """In this process guessing is cheap."""
    one = passphrases.Cost(memory=LITTLE, passes=1, lanes=1)
    with _costing(dict.fromkeys(REAL_COSTS, one), LITTLE):
        yield


@contextmanager
def real() -> Iterator[None]:
    """In this process guessing costs what it costs an attacker."""
    with _costing(REAL_COSTS, REAL_MEMORY):
        yield


@contextmanager
def _costing(costs: dict[int, passphrases.Cost], memory: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "COSTS", costs)
        patch.setattr(Argon2, "memory_cost", memory)
        yield
