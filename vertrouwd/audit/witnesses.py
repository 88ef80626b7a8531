"""What else says how the chain was: anchors that were kept outside, and months that were closed."""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from vertrouwd.audit import anchor
from vertrouwd.audit.models import Segment
from vertrouwd.audit.place_of_break import Break
from vertrouwd.audit.segments import file_of, sha256_of
from vertrouwd.audit.signed_anchor import BadKey, is_right, pinned_keys


class Witnesses:
    """Digests by number in the chain, and who says so; asked during the walk and after it."""

    def __init__(self, places: Sequence[Path], *, after: int) -> None:
        self.at_number: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
        self.anchors = self.signed = self.segments = 0
        self.broken: Break | None = None
        self.remarks: list[str] = []
        self._restores: list[tuple[int, int]] = []  # where the line stands, what was given up
        self._doubted: list[Break] = []
        try:
            self._read_anchors(places, after)
            self._read_segments(after)
        except (anchor.BadAnchor, BadKey) as reason:
            self.broken = Break(None, None, "changed", str(reason))
        except anchor.NotAnchored as reason:
            self.remarks.append(str(reason))
        self._latest = max(self.at_number, default=0)

    def check(self, number: int, digest: str) -> None:
        """Whether those who know the digest at this number agree with it.

        A disagreement waits for the end: a line `restored` further on may explain it.
        """
        for name, known, signed in self.at_number.pop(number):
            if known != digest:
                why = f"{name} says that another line was sealed here."
                self._doubted.append(Break(number, None, "rewritten", why))
            elif name.startswith("head-"):
                self.anchors += 1
                self.signed += signed
            else:
                self.segments += 1

    def note_restore(self, number: int, detail: str) -> None:
        """A line says that a backup was put back, and which head was given up."""
        given_up = json.loads(detail).get("abandoned_number")
        if isinstance(given_up, int):
            self._restores.append((number, given_up))
            self.remarks.append(
                f"A backup was put back at number {number}; the head {given_up} was given up."
            )

    def after(self, last: int) -> Break | None:
        """The first disagreement that no restore explains, and who knows of a longer chain."""
        for number, known in sorted(self.at_number.items()):
            why = f"{known[0][0]} knows this number, but the chain ends at {last}."
            self._doubted.append(Break(number, None, "missing", why))
        for doubt in sorted(self._doubted, key=lambda doubt: doubt.number or 0):
            if not self._is_explained(doubt.number or 0):
                return doubt
        return None

    def _is_explained(self, number: int) -> bool:
        return any(at <= number <= given_up for at, given_up in self._restores)

    def _read_anchors(self, places: Sequence[Path], after: int) -> None:
        pinned = pinned_keys()
        for place in [anchor.folder(), *places]:
            for kept in anchor.anchors(place):
                signed = bool(kept.signature)
                if signed and not is_right(kept, pinned):
                    raise anchor.BadAnchor(f"{kept.name} is not signed with the key known here.")
                if kept.head.number > after:
                    said = (kept.name, kept.head.digest, int(signed))
                    if said not in self.at_number[kept.head.number]:
                        self.at_number[kept.head.number].append(said)

    def _read_segments(self, after: int) -> None:
        number = None
        for segment in Segment.objects.all():
            whole = number is None or segment.first == number + 1
            number = segment.last
            if not whole or segment.count != segment.last - segment.first + 1:
                raise anchor.BadAnchor(f"The closed month {segment.month} does not fit the others.")
            if segment.last <= after:
                continue
            self.at_number[segment.last].append(
                (f"Closed month {segment.month}", segment.digest, 0)
            )
            self._check_file(segment)

    def _check_file(self, segment: Segment) -> None:
        path = file_of(segment.month)
        if not path.exists():
            self.remarks.append(f"The file of {segment.month} is not here: in the archive?")
        elif sha256_of(path) != segment.file_sha256:
            raise anchor.BadAnchor(f"The file of the closed month {segment.month} was changed.")
