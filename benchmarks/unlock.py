"""Unlock with a passphrase: what one takes, and twenty people who do it in the same moment.

    python benchmarks/unlock.py [--people 20] [--json]

One unlock is the key from the passphrase, the seed it opens, and the team's secret that the seed
opens. The twenty are threads of one process; their peak memory is that of a process of its own,
above one that does nothing. The peer is the same argon2 without a limit on how many run at once.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

from argon2.low_level import Type, hash_secret_raw

from vertrouwd.accounts.terms import SlotKind
from vertrouwd.accounts.unlock.seals import SlotPlace, open_seed, seal_seed
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.passphrases import (
    AT_ONCE,
    COSTS,
    NEWEST,
    generate,
    new_salt,
    passphrase_key,
)
from vertrouwd.sealing.team_secret import TeamSecret

GOAL_MS = 100
PEPPER = bytes(range(32))
COST = COSTS[NEWEST]


def unlocking(patience: float = 5.0) -> Callable[[], TeamSecret]:
    """One person's unlock, to be done any number of times."""
    phrase, salt, holder, team = (
        generate(),
        new_salt(),
        SecretKey.generate(),
        TeamSecret.generate(1),
    )
    place = SlotPlace(SlotKind.PASSPHRASE, salt)
    key = passphrase_key(phrase, salt=salt, pepper=PEPPER)
    seed, secret = seal_seed(key, holder.seed, place=place), team.sealed_to(holder.public)

    def unlock() -> TeamSecret:
        key = passphrase_key(phrase, salt=salt, pepper=PEPPER, patience=patience)
        opened = SecretKey(open_seed(key, seed, place=place))
        return TeamSecret.opened(secret, with_key=opened, version=1)

    if unlock() != team:
        raise SystemExit("What was sealed is not what opened.")
    return unlock


def unlimited() -> Callable[[], bytes]:
    """The peer: argon2 at the same cost, whenever somebody asks."""
    phrase, salt = generate().encode(), os.urandom(16)
    return lambda: hash_secret_raw(
        phrase, salt, time_cost=COST.passes, memory_cost=COST.memory, parallelism=COST.lanes,
        hash_len=32, type=Type.ID,
    )  # fmt: skip


def all_at_once(people: int, acts: list[Callable[[], object]]) -> float:
    """Seconds until the last of them is in."""
    start = Barrier(people + 1)
    done: list[object] = []
    threads = [Thread(target=lambda act=act: (start.wait(), done.append(act()))) for act in acts]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if len(done) != people:
        raise SystemExit(f"{people - len(done)} of {people} did not get in.")
    return time.perf_counter() - began


def nothing(people: int) -> float:
    """What the process holds by itself."""
    unlocking()
    return 0.0


STEPS: dict[str, Callable[[int], float]] = {
    "nothing": nothing,
    "ours": lambda people: all_at_once(people, [unlocking(patience=60)] * people),
    "peer": lambda people: all_at_once(people, [unlimited()] * people),
}


def apart(name: str, people: int) -> dict[str, float]:
    """One step in a process of its own."""
    words = [sys.executable, __file__, "--step", name, "--people", str(people)]
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def peak_mib() -> float:
    """Of this process alone: what getrusage gives starts with the peak of the parent."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def processor_ms(act: Callable[[], object]) -> float:
    """The best of nine, less disturbed by others."""
    rounds = []
    for _ in range(9):
        began = time.process_time()
        act()
        rounds.append(time.process_time() - began)
    return min(rounds) * 1000


def measure(people: int) -> dict[str, object]:
    one, peer_one = processor_ms(unlocking()), processor_ms(unlimited())
    empty, ours, peer = (apart(name, people) for name in STEPS)
    grown, peer_grown = ours["peak_mib"] - empty["peak_mib"], peer["peak_mib"] - empty["peak_mib"]
    return {
        "benchmark": "unlock",
        "argon2id": f"{COST.memory // 1024} MiB, {COST.passes} passes",
        "unlock_ms": round(one, 1),
        "goal_ms": GOAL_MS,
        "peer": "argon2 at the same cost, without a limit on how many at once",
        "peer_ms": round(peer_one, 1),
        "ratio": round(one / peer_one, 2),
        "people_at_once": people,
        "derive_at_once": AT_ONCE,
        "peak_mib": round(ours["peak_mib"]),
        "peak_above_one_unlock_mib": round(grown),
        "goal_above_one_unlock_mib": (AT_ONCE - 1) * COST.memory // 1024 + 8,
        "peer_peak_above_one_unlock_mib": round(peer_grown),
        "memory_ratio": round(peer_grown / max(grown, 1), 1),
        "last_one_in_seconds": round(ours["seconds"], 2),
        "peer_last_one_in_seconds": round(peer["seconds"], 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=20, help="who unlock in the same moment")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        seconds = STEPS[options.step](options.people)
        print(json.dumps({"seconds": seconds, "peak_mib": peak_mib()}))
    else:
        found = measure(options.people)
        print(json.dumps(found, indent=None if options.json else 2))
