"""Integer programs, solved by HiGHS. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

INFINITY = float("inf")
# A limit in nodes, not in seconds: the same input gives the same answer on a slow machine.
MOST_NODES = 20_000


class Infeasible(Exception):
    """No whole numbers meet the rows."""


@dataclass
class Program:
    """Minimise cost @ x subject to lower <= row @ x <= upper, 0 <= x <= most, x whole or not."""

    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[np.ndarray, np.ndarray, float, float]] = field(default_factory=list)

    def columns(self, count: int, *, most: float = INFINITY, whole: bool = True) -> np.ndarray:
        """Add columns; their numbers."""
        first = len(self.most)
        self.most.extend([most] * count)
        self.whole.extend([whole] * count)
        return np.arange(first, first + count)

    def row(self, values: Mapping[int, float], lower: float, upper: float) -> None:
        """Add a row: column -> coefficient."""
        self.array_row(np.array(list(values)), np.array(list(values.values())), lower, upper)

    def array_row(
        self, columns: np.ndarray, values: np.ndarray, lower: float, upper: float
    ) -> None:
        self.rows.append((columns, values, lower, upper))

    def solve(self, cost: Mapping[int, float] | np.ndarray, *, gap: float = 0.0) -> np.ndarray:
        """The whole numbers of least cost (within a relative `gap`). Raises Infeasible."""
        import highspy

        costs = np.zeros(len(self.most))
        if isinstance(cost, np.ndarray):
            costs[: len(cost)] = cost
        else:
            for column, value in cost.items():
                costs[column] = value
        lengths = [len(columns) for columns, *_ in self.rows]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.most), len(self.rows)
        lp.col_cost_ = costs
        lp.col_lower_ = np.zeros(len(self.most))
        lp.col_upper_ = np.array(self.most)
        lp.row_lower_ = np.array([row[2] for row in self.rows])
        lp.row_upper_ = np.array([row[3] for row in self.rows])
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[whole] for whole in self.whole]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        lp.a_matrix_.index_ = _joined([row[0] for row in self.rows], np.int32)
        lp.a_matrix_.value_ = _joined([row[1] for row in self.rows], np.float64)
        solver = _quiet_solver()
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("random_seed", 0)
        solver.setOptionValue("mip_rel_gap", gap)
        solver.setOptionValue("mip_max_nodes", MOST_NODES)
        solver.setOptionValue("mip_feasibility_tolerance", 1e-7)
        solver.passModel(lp)
        solver.run()
        status = solver.getModelStatus()
        solution = solver.getSolution()
        if status == highspy.HighsModelStatus.kInfeasible or not solution.value_valid:
            raise Infeasible
        return np.rint(np.array(solution.col_value)).astype(np.int64)


def _quiet_solver() -> Any:
    """A solver that never writes to standard output, where the command's own answer goes."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 (called first of all; it prints a banner)
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Quiet()


def _joined(parts: list[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, dtype=kind)
