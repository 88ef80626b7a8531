"""Seal and open reports and attachments, against Fernet and against one cipher call per file.

    python benchmarks/seal.py [--gibibytes 1.0] [--json]

A report is three purposes (identity, thread with 4 KiB of narrative, notes), each under a new data
key wrapped to the team, the thread key also for the reporter. Attachments are sealed to a file and
opened again by processes of their own, so that the peak memory is theirs; the peers hold the whole
file in memory, as their interfaces ask, so they get less of it: 128 MiB.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vertrouwd.sealing.binding import Place, new_record
from vertrouwd.sealing.keys import SecretKey, unwrap, wrap
from vertrouwd.sealing.passphrases import COSTS, NEWEST, generate, new_salt, passphrase_key
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, wrap_for_reporter
from vertrouwd.sealing.reporter_codes import new_salt as new_mailbox_salt
from vertrouwd.sealing.streams import SEALED_CHUNK, SealingWriter, read_stream
from vertrouwd.sealing.suite import new_key, open_sealed, seal
from vertrouwd.sealing.terms import Purpose

MEBIBYTE = 1 << 20
NARRATIVE = ("Verzonnen tekst van de melder. " * 200).encode()[:4096]
TEXTS = {
    Purpose.IDENTITY: b"Verzonnen Naam, 06 12345678",
    Purpose.THREAD: NARRATIVE,
    Purpose.NOTES: b"Teruggebeld; wil eerst met de mentor praten.",
}
PEER_MEBIBYTES = 128
KEY, PLACE = bytes(range(32)), Place("0" * 32, "file")


def seal_report(team: SecretKey, code: str) -> dict[Purpose, tuple[bytes, bytes]]:
    """What filing a report costs, without the database."""
    record, sealed = new_record(), {}
    for purpose, text in TEXTS.items():
        key = new_key()
        wrapped = wrap(key, to=team.public, purpose=purpose, record=record, key_version=1)
        sealed[purpose] = (wrapped, seal(key, text, place=Place(record, purpose)))
        if purpose is Purpose.THREAD:
            mailbox = mailbox_key(code, salt=new_mailbox_salt())
            wrap_for_reporter(key, key=mailbox, record=record)
    return sealed


def processor_ms(act: Callable[[], object], *, times: int) -> float:
    """Milliseconds of processor for one call: the best of five rounds, less disturbed by others."""
    rounds = []
    for _ in range(5):
        started = time.process_time()
        for _ in range(times):
            act()
        rounds.append((time.process_time() - started) / times * 1000)
    return min(rounds)


def reports() -> dict[str, object]:
    team, code = SecretKey.generate(), new_code()
    record, key = new_record(), new_key()
    place = Place(record, Purpose.THREAD)
    wrapped = wrap(key, to=team.public, purpose=Purpose.THREAD, record=record, key_version=1)
    sealed = seal(key, NARRATIVE, place=place)

    def open_one() -> bytes:
        opened = unwrap(wrapped, key=team, purpose=Purpose.THREAD, record=record, key_version=1)
        return open_sealed(opened, sealed, place=place)

    if open_one() != NARRATIVE:
        raise SystemExit("What was sealed is not what opened.")
    peer = Fernet(Fernet.generate_key())
    token = peer.encrypt(NARRATIVE)
    sealing = processor_ms(lambda: seal_report(team, code), times=200)
    opening = processor_ms(open_one, times=200)
    peer_sealing = processor_ms(lambda: [peer.encrypt(text) for text in TEXTS.values()], times=200)
    peer_opening = processor_ms(lambda: peer.decrypt(token), times=200)
    return {
        "seal_report_ms": round(sealing, 3),
        "open_report_ms": round(opening, 3),
        "peer": "Fernet: one symmetric key for everything, no public key, no binding",
        "peer_seal_ms": round(peer_sealing, 3),
        "peer_open_ms": round(peer_opening, 3),
        "seal_cost_ratio": round(sealing / peer_sealing, 2),
        "open_cost_ratio": round(opening / peer_opening, 2),
    }


def passphrase() -> dict[str, object]:
    phrase, salt, pepper, cost = generate(), new_salt(), bytes(32), COSTS[NEWEST]

    def peer() -> bytes:
        return hash_secret_raw(
            phrase.encode(), salt, time_cost=3, memory_cost=65536, parallelism=4, hash_len=32,
            type=Type.ID,
        )  # fmt: skip

    ours = processor_ms(lambda: passphrase_key(phrase, salt=salt, pepper=pepper), times=3)
    default = processor_ms(peer, times=1)
    return {
        "passphrase_key_ms": round(ours, 1),
        "passphrase_memory_mib": cost.memory // 1024,
        "passphrase_peer": "argon2-cffi's default: 64 MiB, t=3, p=4, chosen for phrases of people",
        "passphrase_peer_ms": round(default, 1),
    }


def seal_file(path: Path, mebibytes: int) -> None:
    piece = os.urandom(MEBIBYTE)
    with path.open("wb") as file, SealingWriter(file, KEY, place=PLACE) as writer:
        for _ in range(mebibytes):
            writer.write(piece)


def open_file(path: Path, mebibytes: int) -> None:
    with path.open("rb", buffering=0) as file:
        size = sum(len(piece) for piece in read_stream(file, KEY, place=PLACE))
    if size != mebibytes * MEBIBYTE:
        raise SystemExit("What was sealed is not what opened.")


def write_plainly(path: Path, mebibytes: int) -> None:
    """What the disk takes by itself, in portions as large as a sealed chunk."""
    piece = os.urandom(SEALED_CHUNK)
    with path.open("wb", buffering=0) as file:
        for _ in range(mebibytes * MEBIBYTE // SEALED_CHUNK):
            file.write(piece)


def nothing(path: Path, mebibytes: int) -> None:
    """Only the start of the process, to take off."""


STEPS = {"seal": seal_file, "open": open_file, "write": write_plainly, "nothing": nothing}


def step(name: str, path: Path, mebibytes: int) -> dict[str, float]:
    """Run one step in this process and tell what it took."""
    started, processor = time.perf_counter(), time.process_time()
    STEPS[name](path, mebibytes)
    return {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - processor,
        "peak_mib": peak_mib(),
    }


def peak_mib() -> float:
    """Of this process alone: what getrusage gives starts with the peak of the parent."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def apart(name: str, path: Path, mebibytes: int) -> dict[str, float]:
    """The fastest of three: what else goes on and what the disk still has to write only slow."""
    found = []
    for _ in range(3):
        if name != "open":
            path.unlink(missing_ok=True)
        result = subprocess.run(
            [sys.executable, __file__, "--step", name, str(path), str(mebibytes)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        found.append(json.loads(result.stdout))
    return min(found, key=lambda took: took["seconds"])


def peer_speeds() -> dict[str, float]:
    """MiB per second of processor of what one would write first, on a file held in memory."""
    content = os.urandom(PEER_MEBIBYTES * MEBIBYTE)
    fernet, whole, nonce = Fernet(Fernet.generate_key()), AESGCM(KEY), bytes(12)
    speeds = {}
    for name, sealing, opening in [
        ("fernet", fernet.encrypt, fernet.decrypt),
        (
            "whole_file_aes_gcm",
            lambda text: whole.encrypt(nonce, text, None),
            lambda text: whole.decrypt(nonce, text, None),
        ),
    ]:
        started = time.process_time()
        sealed = sealing(content)
        between = time.process_time()
        opening(sealed)
        speeds[f"peer_{name}_seal_mib_s"] = round(PEER_MEBIBYTES / (between - started))
        speeds[f"peer_{name}_open_mib_s"] = round(PEER_MEBIBYTES / (time.process_time() - between))
    return speeds


def attachments(mebibytes: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sealed"
        empty, plain = apart("nothing", path, 0), apart("write", path, mebibytes)
        sealing, opening = (apart(name, path, mebibytes) for name in ("seal", "open"))
        overhead = path.stat().st_size / (mebibytes * MEBIBYTE) - 1
    peers = peer_speeds()
    found: dict[str, object] = {"attachment_mib": mebibytes}
    for name, took in (("seal", sealing), ("open", opening)):
        found[f"{name}_mib_s"] = round(mebibytes / took["seconds"])
        found[f"{name}_processor_mib_s"] = round(mebibytes / took["processor"])
        found[f"{name}_peak_mib"] = round(took["peak_mib"])
        found[f"{name}_peak_above_empty_mib"] = round(took["peak_mib"] - empty["peak_mib"], 1)
        ratio = mebibytes / took["processor"] / peers[f"peer_fernet_{name}_mib_s"]
        found[f"{name}_fernet_ratio"] = round(ratio, 2)
    found["plain_write_mib_s"] = round(mebibytes / plain["seconds"])
    return found | {"size_overhead_percent": round(overhead * 100, 2)} | peers


def measure(mebibytes: int) -> dict[str, object]:
    return {"benchmark": "seal"} | reports() | passphrase() | attachments(mebibytes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gibibytes", type=float, default=1.0, help="size of the attachment")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        name, path, mebibytes = options.step
        print(json.dumps(step(name, Path(path), int(mebibytes))))
    else:
        found = measure(max(1, round(options.gibibytes * 1024)))
        print(json.dumps(found, indent=None if options.json else 2))
