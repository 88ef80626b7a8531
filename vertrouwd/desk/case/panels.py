"""Places on the page of a dossier for other chapters: what they show, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.rows import Rows
from vertrouwd.sealing.opening import Opened


@dataclass(frozen=True)
class Panel:
    """One section: `template` is included with `panel.content`, what `gather` returned.

    So is `mark`, at the top of the page, for what nobody may miss.
    `gather(rows, by=, opened=, now=)` asks a constant number of questions of the database, and none
    about what is in the rows: they were read for the whole page.
    """

    anchor: str  # of the section, for the list at the top of the page
    heading: Any  # translated lazily
    template: str
    gather: Callable[..., object]
    mark: str = ""


@dataclass(frozen=True)
class Filled:
    """A panel with what it shows of one dossier."""

    panel: Panel
    content: object


PANELS: list[Panel] = []  # a chapter adds its own: PANELS.append(Panel(...)) when it is ready


def filled(rows: Rows, *, by: User, opened: Opened, now: datetime) -> list[Filled]:
    """All of them, for one dossier."""
    return [Filled(panel, panel.gather(rows, by=by, opened=opened, now=now)) for panel in PANELS]
