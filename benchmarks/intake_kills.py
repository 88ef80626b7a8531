"""Send reports while the server is killed at random moments, then open every one of them.

    python benchmarks/intake_kills.py [--reports 1000] [--every 2.0] [--seed N] [--json]

Eight reporters send last pages over HTTP; meanwhile the public process is killed (SIGKILL) every
so many seconds, and one time in four the whole group, which is then served anew. A reporter whose
page breaks off sends it again, as it was. At the end every receipt that was shown must open and
hold its own narrative; nothing may be stored that nobody sent, and nothing twice. With
VERTROUWD_DATABASE set, on that PostgreSQL, which must be an empty database. Ends with 1 when a
report was lost.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from reporters.house import House, environment
from reporters.visitor import (
    NotAsPromised,
    Receipt,
    Visitor,
    last_page,
    opened_thread,
    send,
    until_it_answers,
)

CLIENTS = 8
FIRST_KILL_AFTER = 0.5  # seconds


def story(number: int) -> str:
    return f"Verhaal {number}: het gebeurde na de gymles."


@dataclass
class Sent:
    """What one reporter was shown."""

    receipts: dict[int, Receipt] = field(default_factory=dict)
    again: int = 0  # times a page broke off and was sent once more


def report(port: int, numbers: range) -> Sent:
    """One after the other; each with a narrative of its own."""
    visitor, sent = Visitor(port), Sent()
    for number in numbers:
        answers = {"verhaal": story(number), "afspraak": "geen"}

        def walk(answers: dict[str, str] = answers) -> object:
            return last_page(visitor, answers)[0]

        page, tries = until_it_answers(visitor, walk), 0

        def act(page: object = page) -> Receipt | None:
            nonlocal tries
            tries += 1
            return send(visitor, page)

        while (receipt := until_it_answers(visitor, act)) is None:
            time.sleep(0.2)
        sent.again += tries - 1
        sent.receipts[number] = receipt
    return sent


class Killer(threading.Thread):
    """Kills the public process again and again, and now and then everything."""

    def __init__(self, house: House, *, every: float, seed: int) -> None:
        super().__init__(daemon=True)
        self.kills = self.whole = 0
        self._house, self._every, self._chance = house, every, random.Random(seed)
        self._ended = threading.Event()

    def run(self) -> None:
        pause = FIRST_KILL_AFTER
        while not self._ended.wait(pause):
            if self._chance.random() < 0.25:
                self._house.end()
                self._house.start()
                self.whole += 1
            else:
                self.kills += self._house.kill_public()
            pause = self._every * (0.5 + self._chance.random())

    def stop(self) -> None:
        self._ended.set()
        self.join()


def opened_wrongly(port: int, receipts: dict[int, Receipt]) -> int:
    """How many of these do not open, or do not hold what was told."""
    visitor, wrong = Visitor(port), 0
    for number, receipt in receipts.items():
        try:
            wrong += story(number) not in opened_thread(visitor, receipt)
        except NotAsPromised:
            wrong += 1
    return wrong


def measure(reports: int, every: float, seed: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as home, House(home) as house:
        killer = Killer(house, every=every, seed=seed)
        before = stored(house)
        killer.start()
        parts = [range(n, reports, CLIENTS) for n in range(CLIENTS)]
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            done = list(pool.map(lambda part: report(house.port, part), parts))
        seconds = time.perf_counter() - began
        killer.stop()
        receipts = {number: one for sent in done for number, one in sent.receipts.items()}
        shares = [dict(list(receipts.items())[n::CLIENTS]) for n in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as pool:
            wrong = sum(pool.map(lambda share: opened_wrongly(house.port, share), shares))
        count = stored(house) - before
    return {
        "benchmark": "intake_kills",
        "database": "postgresql" if os.environ.get("VERTROUWD_DATABASE") else "sqlite",
        "reports": reports,
        "acknowledged": len(receipts),
        "kills": killer.kills,
        "kills_of_everything": killer.whole,
        "sent_again": sum(sent.again for sent in done),
        "seconds": round(seconds, 1),
        "stored": count,
        "twice": len(receipts) - len({one.reference for one in receipts.values()}),
        "beyond": count - len(receipts),
        "lost": wrong,
        "seed": seed,
    }


def stored(house: House) -> int:
    counted = subprocess.run(
        [house.program, "count-reports"], env=environment(house.home), capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return int(counted.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=1000, help="how many are sent")
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two kills")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    found = measure(options.reports, options.every, options.seed)
    print(json.dumps(found, indent=None if options.json else 2))
    sys.exit(bool(found["lost"] or found["twice"] or found["beyond"]))
