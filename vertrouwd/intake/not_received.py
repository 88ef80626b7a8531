"""Why something did not come in, so that the reporter is told that it was *not* received."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import InterfaceError, OperationalError

from vertrouwd.attachments.space import FULL
from vertrouwd.sealing.team import NoTeam, NotPinned

FULL_ON_POSTGRESQL = "53100"  # disk_full


class Reason(StrEnum):
    """Why; the page says what the reporter can do."""

    DISK_FULL = "schijf vol"
    NO_TEAM = "geen team"  # nobody could open it
    BUSY = "te druk"  # the database is locked, or cannot be reached
    DUTY_RUNS = "plicht loopt"  # whoever bears a duty cannot record now and decide later


class NotReceived(Exception):
    """Nothing was stored; `reason` says why, and the message holds nothing that was told."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(f"It was not received: {reason.name.lower()}.")


@contextmanager
def telling_why() -> Iterator[None]:
    """Around whatever stores: a fault of the disk, the database or the team becomes NotReceived."""
    try:
        yield
    except (NoTeam, NotPinned):
        raise NotReceived(Reason.NO_TEAM) from None
    except (OperationalError, InterfaceError) as fault:
        raise NotReceived(Reason.DISK_FULL if _is_full(fault) else Reason.BUSY) from fault
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        raise NotReceived(Reason.DISK_FULL) from fault


def _is_full(fault: Exception) -> bool:
    cause = fault.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(cause, "sqlstate", None) == FULL_ON_POSTGRESQL
