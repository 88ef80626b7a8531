"""What an import did, for the screen, a machine and the log."""

from dataclasses import dataclass, field

from vertrouwd.dossiers.reports_file.rows import Reason

SHOWN = 1_000  # entries a list of the summary names; all of them are counted


@dataclass(frozen=True)
class ChangedRow:
    """A row that was stored before with other values; what is stored stays."""

    row: int
    reference: str
    columns: list[str]


@dataclass
class Summary:
    """What an import did, in rows unless said otherwise."""

    sha256: str
    rows: int = 0
    stored: int = 0
    already_there: int = 0
    changed: int = 0
    rejected: int = 0
    dossiers_opened: int = 0  # dossiers
    dossiers_closed: int = 0  # of those that were opened, because the work on them is long done
    sealed_cells: int = 0  # cells with names or narrative, sealed to the team
    sealed_cells_dropped: dict[str, int] = field(default_factory=dict)  # cells per column
    institutions_resolved: int = 0
    institutions_unresolved: int = 0
    institutions_withheld: int = 0
    unknown_columns: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    changed_rows: list[ChangedRow] = field(default_factory=list)
    unresolved_rows: list[int] = field(default_factory=list)  # stored without their institution

    def counts(self) -> dict[str, int]:
        """The numbers alone, for the log."""
        return {
            "rows": self.rows,
            "stored": self.stored,
            "already_there": self.already_there,
            "changed": self.changed,
            "rejected": self.rejected,
            "dossiers_opened": self.dossiers_opened,
            "dossiers_closed": self.dossiers_closed,
            "sealed_cells": self.sealed_cells,
            "sealed_cells_dropped": sum(self.sealed_cells_dropped.values()),
            "institutions_resolved": self.institutions_resolved,
            "institutions_unresolved": self.institutions_unresolved,
            "institutions_withheld": self.institutions_withheld,
        }
