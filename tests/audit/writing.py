"""A process that writes to the log, or chains it: `python -m tests.audit.writing write 3`."""

import sys
import time

import django


class Somebody:
    username = "inspector-1"


def write(seed: int) -> None:
    """Fifty acts of a request each; every tenth is rolled back, and leaves its refusal."""
    from django.db import transaction

    from vertrouwd.audit.record import record, refuse
    from vertrouwd.audit.refusals import written_after

    for number in range(50):
        with written_after(), transaction.atomic():
            record(by=Somebody(), action="look", object=f"D-{seed}-{number}")
            if number % 10 == 9:
                refuse(by=Somebody(), action="look", object=f"D-{seed}-{number}", reason="try")
                transaction.set_rollback(True)


def seal(_: int) -> None:
    from vertrouwd.audit.sealer import chain_pending

    while True:
        chain_pending(limit=7)
        time.sleep(0.001)


if __name__ == "__main__":
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    {"write": write, "seal": seal}[sys.argv[1]](int(sys.argv[2]))
