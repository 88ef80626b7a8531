"""Why a published cell could not be drawn as it was published: one clause a person can check."""

from collections.abc import Sequence

from vertrouwd.demonstration.targets import Target
from vertrouwd.dossiers.terms import Category


def reason(target: Target, drawn: int, targets: Sequence[Target]) -> str:
    """The reason, in English, with the numbers that contradict each other."""
    twice = [other.count for other in targets if other.cell == target.cell]
    if len(set(twice)) > 1:
        return f"the table gives this cell more than once: {_and(twice)}"
    alike = [
        t
        for t in targets
        if t.of_reports == target.of_reports and t.cell.measure == target.cell.measure
    ]
    total = _total(alike)
    if set(target.cell.codes) == {"category"} and total is not None:
        parts = {t.cell.category: t.count for t in alike if set(t.cell.codes) == {"category"}}
        if set(parts) >= set(Category) and (whole := sum(parts[c] for c in Category)) != total:
            side = "under" if whole > total else "over"
            return f"the categories sum to {whole} {side} a total of {total}"
    if target.of_reports and target.is_total:
        dossiers = _total([t for t in targets if not t.of_reports])
        if dossiers is not None and dossiers > target.count:
            return f"{target.count} reports are fewer than {dossiers} dossiers"
    return "it contradicts other cells of the table; this is the nearest number that agrees"


def _total(targets: Sequence[Target]) -> int | None:
    return next((t.count for t in targets if t.is_total), None)


def _and(numbers: Sequence[int]) -> str:
    return " and ".join(map(str, numbers))
