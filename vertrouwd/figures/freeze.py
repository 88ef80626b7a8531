"""Freeze a year: read the dossiers once, write a revision that never changes again."""

import json
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.counting import latest_event
from vertrouwd.figures import code_lists, reading
from vertrouwd.figures.coded import COUNTING_RULES
from vertrouwd.figures.differences import differences
from vertrouwd.figures.recorded import check_recorded, record_once
from vertrouwd.figures.revision_folder import held, in_the_making, settle
from vertrouwd.figures.snapshot import (
    CODES,
    DIFFERENCES,
    DOSSIERS,
    MANIFEST,
    REPORTS,
    Snapshot,
    check,
    digest_of,
    folder_of,
    latest,
)
from vertrouwd.figures.snapshot_tables import digest_of_rows, write_dossiers, write_reports
from vertrouwd.figures.terms import RevisionReason
from vertrouwd.schools.years import Year

NAMED_AT_MOST = 10


class NotPossible(Exception):
    """The year cannot be frozen now; the message says what to do."""


class NothingToFreeze(NotPossible):
    """No dossier was opened in the year."""


@dataclass(frozen=True)
class Frozen:
    """The newest revision, and whether this act made it."""

    snapshot: Snapshot
    is_new: bool


def freeze_year(
    year: Year,
    *,
    by: User,
    provisional: bool = False,
    reason: RevisionReason = RevisionReason.NOT_GIVEN,
    today: date | None = None,
) -> Frozen:
    """Write the year's dossiers and reports as a new revision, unless nothing changed.

    `provisional` allows a year that has not ended. Raises NothingToFreeze without dossiers,
    NotPossible while the year runs, while codings wait for a decision (rule C13), and when the
    last revision on disk is damaged (`snapshot.Damaged`).
    """
    is_running = (today or timezone.localdate()) <= year.last_day
    if is_running and not provisional:
        raise NotPossible(
            f"{year} runs until {year.last_day:%Y-%m-%d}. Freeze it after that day, or add "
            "--provisional for figures that are marked as such."
        )
    with held(folder_of(year)), _consistent_reading():
        _refuse_disagreements(year)
        previous = latest(year)
        if previous is not None:
            check(previous)
            check_recorded(previous)
        with in_the_making(folder_of(year)) as making:
            manifest = _write(making, year, provisional=is_running)
            if previous is not None and _is_same(previous.manifest, manifest):
                record_once(previous, by=by)
                return Frozen(previous, is_new=False)
            revision = previous.revision + 1 if previous else 1
            if previous is not None:
                change = differences(previous, making, revision=revision, reason=reason)
                _keep(making, manifest, DIFFERENCES, change)
            manifest = {"revision": revision, **manifest}
            _write_json(making / MANIFEST, manifest)
            folder = settle(making, folder_of(year) / f"r{revision}")
            snapshot = Snapshot(year=year, revision=revision, folder=folder, manifest=manifest)
            record_once(snapshot, by=by)
    return Frozen(snapshot, is_new=True)


def _refuse_disagreements(year: Year) -> None:
    waiting = reading.coding_disagreements(year)
    if not waiting:
        return
    named = ", ".join(waiting[:NAMED_AT_MOST])
    more = f" and {len(waiting) - NAMED_AT_MOST} more" if len(waiting) > NAMED_AT_MOST else ""
    raise NotPossible(
        f"{year} has dossiers whose reports disagree on the coding: {named}{more}. "
        "`vertrouwd list-disagreements` shows them, `vertrouwd settle-coding` decides one."
    )


def _write(making: Path, year: Year, *, provisional: bool) -> dict[str, Any]:
    """The tables and code lists into the folder; the manifest as far as it is known then."""
    dossiers, invented = reading.dossier_rows(year)
    if not dossiers:
        raise NothingToFreeze(_nothing(year))
    reports, invented_too = reading.report_rows(year)
    write_dossiers(making / DOSSIERS, dossiers)
    write_reports(making / REPORTS, reports)
    _write_json(making / CODES, code_lists.code_lists(year))
    rows = {DOSSIERS: len(dossiers), REPORTS: len(reports)}
    return {
        "format": 1,
        "year": str(year),
        "provisional": provisional,
        "demonstration": invented or invented_too,
        "counting_rules": COUNTING_RULES,
        "content": sha256(
            (digest_of_rows(dossiers) + digest_of_rows(reports)).encode()
        ).hexdigest(),
        "files": {
            name: {"sha256": digest_of(making / name)}
            | ({"rows": rows[name]} if name in rows else {})
            for name in (DOSSIERS, REPORTS, CODES)
        },
        "ledger_event": latest_event(),
        "written_with": {"python": platform.python_version(), "pyarrow": _pyarrow_version()},
    }


def _nothing(year: Year) -> str:
    kind = "childcare" if year.is_childcare else "education"
    other = "a school year as 2022-2023" if year.is_childcare else "a calendar year as 2022"
    hint = "education" if year.is_childcare else "childcare"
    return (
        f"No {kind} dossier was opened in {year} ({year.first_day:%Y-%m-%d} to "
        f"{year.last_day:%Y-%m-%d}): there is nothing to freeze. Import reports first "
        f"(`vertrouwd import-reports`); {hint} counts by {other}."
    )


def _is_same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Same rows under the same rules; another version of a library is no other year."""
    return all(
        before.get(key) == now[key]
        for key in ("content", "counting_rules", "provisional", "demonstration")
    )


def _keep(making: Path, manifest: dict[str, Any], name: str, content: dict[str, Any]) -> None:
    _write_json(making / name, content)
    manifest["files"][name] = {"sha256": digest_of(making / name)}


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def _consistent_reading() -> Iterator[None]:
    """All rows as of one moment, and the audit line with them or not at all."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _pyarrow_version() -> str:
    import pyarrow

    return str(pyarrow.__version__)
