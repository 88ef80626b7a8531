"""An inspector who has unlocked, at the duties of a dossier."""

from tests.desk.case.conftest import colleague, desk

__all__ = ["colleague", "desk"]
