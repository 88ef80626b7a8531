"""How fast and how right a mistyped school is found in the full register of 8,622 locations.

Speed: milliseconds per question, on the clock and of processor time (the clock also holds what
else the machine does). Accuracy: 1,500 schools, each name shortened as people do and given one or
two typing errors (seeded); `first` = the right institution comes first. Resolving: the same
questions as rows of a file (`resolved`, `wrong`), and the true name and town of schools taken out
of the register (`absent_resolved`: a namesake was taken for it).

The peer is rapidfuzz's own `process.extract` with `WRatio` over «name town», on the same questions.
"""

import argparse
import json
import random
import statistics
import time
from collections import Counter
from pathlib import Path

from rapidfuzz import fuzz, process

import vertrouwd.schools
from vertrouwd.schools.register_file import read_register
from vertrouwd.schools.search import Place, SchoolIndex
from vertrouwd.schools.spelling import plain

SHIPPED = Path(vertrouwd.schools.__file__).parent / "data" / "vestigingen_po_vo_so_2024-11.csv"
SEED = 5
SCHOOLS = 1_500
PEER_QUESTIONS = 100
LEFT_OUT = {
    "openbare", "basisschool", "school", "christelijke", "katholieke", "rooms", "protestants",
    "voor", "de", "het", "een", "van", "en", "met", "scholengemeenschap", "basis", "speciaal",
    "onderwijs", "praktijkonderwijs", "vmbo", "havo", "vwo", "mavo", "vbo", "lwoo", "atheneum",
    "ath", "gymnasium", "lyceum",
}  # fmt: skip


def places() -> list[Place]:
    numbers: dict[str, int] = {}
    return [
        Place(
            numbers.setdefault(row.institution, len(numbers)), row.institution, row.code,
            row.values["name"], row.values["town"], row.values["sector"],
            row.values["municipality"], row.values["kind"], row.values["denomination"],
        )
        for row in read_register(SHIPPED, limits={}).rows
    ]  # fmt: skip


def core(place: Place) -> tuple[str, ...]:
    words = plain(place.name).split()
    return tuple(word for word in words if word not in LEFT_OUT) or tuple(words)


def mistyped(word: str, draw: random.Random) -> str:
    """A letter left out, doubled, replaced, or two letters swapped; never the first letter."""
    if len(word) < 4:
        return word
    at = draw.randrange(2, len(word))
    return draw.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at - 1] + word[at:],
            word[:at] + draw.choice("aeiousrtn") + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        ]
    )


def question(place: Place, draw: random.Random) -> tuple[str, str]:
    """What somebody might type for this place: a name and a town."""
    name, town = list(core(place)[:5]), plain(place.town).split()
    words = name + town
    for _ in range(1 + (draw.random() < 0.4)):
        at = draw.choice([number for number, word in enumerate(words) if len(word) > 3] or [0])
        words[at] = mistyped(words[at], draw)
    return " ".join(words[: len(name)]), " ".join(words[len(name) :])


def milliseconds(durations: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(durations, n=20)
    return {"p50_ms": round(cuts[9] * 1e3, 2), "p95_ms": round(cuts[18] * 1e3, 2)}


def measure() -> dict[str, object]:
    draw = random.Random(SEED)
    every = places()
    started = time.perf_counter()
    index = SchoolIndex(every)
    built = time.perf_counter() - started
    alike = Counter(
        (core(place), place.town) for place in {p.institution: p for p in every}.values()
    )
    chosen = [p for p in draw.sample(every, SCHOOLS) if alike[core(p), p.town] <= 1]
    asked = [(place, *question(place, draw)) for place in chosen]
    index.search("warm up")

    first = among = resolved = wrong = 0
    durations, worked = [], []
    for place, name, town in asked:
        started, begun = time.perf_counter(), time.process_time()
        found = index.search(f"{name} {town}")
        durations.append(time.perf_counter() - started)
        worked.append(time.process_time() - begun)
        institutions = [match.place.institution for match in found]
        first += institutions[:1] == [place.institution]
        among += place.institution in institutions
        certain = index.resolve(name, town, place.sector)
        resolved += certain == place.institution
        wrong += certain not in (None, place.institution)

    gone = {place.institution for place in chosen}
    without = SchoolIndex(place for place in every if place.institution not in gone)
    taken = sum(without.resolve(p.name, p.town, p.sector) is not None for p in chosen)

    texts = [f"{plain(place.name)} {plain(place.town)}" for place in every]
    peer_durations, peer_first = [], 0
    for place, name, town in asked[:PEER_QUESTIONS]:
        started = time.perf_counter()
        best = process.extractOne(f"{name} {town}", texts, scorer=fuzz.WRatio)
        peer_durations.append(time.perf_counter() - started)
        peer_first += best is not None and every[best[2]].institution == place.institution
    ours, peer = milliseconds(durations), milliseconds(peer_durations)
    count = len(asked)
    return {
        "benchmark": "school_search",
        "locations": len(every),
        "questions": count,
        "build_s": round(built, 2),
        **ours,
        "processor_p95_ms": milliseconds(worked)["p95_ms"],
        "first": round(first / count, 4),
        "among_three": round(among / count, 4),
        "resolved": round(resolved / count, 4),
        "wrong": wrong,
        "absent_resolved": round(taken / count, 4),
        "peer": {"name": "rapidfuzz WRatio", **peer, "first": peer_first / PEER_QUESTIONS},
        "ratio_p50": round(peer["p50_ms"] / ours["p50_ms"], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    result = measure()
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
