"""What stands between somebody and the sealed texts: no key yet, not granted, or locked."""

from enum import StrEnum

from vertrouwd.accounts.models import User
from vertrouwd.accounts.unlock.keys import holder_of
from vertrouwd.accounts.unlock.state import KeyState, state_of
from vertrouwd.sealing.opening import Opened


class KeyStep(StrEnum):
    """The next step for who handles cases."""

    MAKE = "make"
    WAIT = "wait"  # a colleague compares its fingerprint and grants it
    UNLOCK = "unlock"
    NOTHING = "nothing"  # it is open


def key_step(person: User, *, opened: Opened | None) -> KeyStep:
    """What this person has to do before a sealed text can be read."""
    match state_of(holder_of(person)):
        case KeyState.NONE:
            return KeyStep.MAKE
        case KeyState.WAITING:
            return KeyStep.WAIT
        case _:
            return KeyStep.UNLOCK if opened is None else KeyStep.NOTHING
