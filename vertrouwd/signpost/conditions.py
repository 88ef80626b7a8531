"""What must have been told for something to be asked or said. No Django.

What was told is a set of values for each subject (situation.py). A condition names subjects and
the values of which one must be there; of a subject that it does not name it asks nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Told = Mapping[str, frozenset[str]]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Condition:
    """Holds when each subject it names was told one of these values."""

    asks: tuple[tuple[str, frozenset[str]], ...] = ()

    def fits(self, told: Told) -> bool:
        return all(told.get(subject, NOTHING) & values for subject, values in self.asks)

    @classmethod
    def read(cls, found: Mapping[str, list[str]]) -> "Condition":
        """From a file of data: subject -> values."""
        return cls(tuple((subject, frozenset(values)) for subject, values in found.items()))


ALWAYS = Condition()
