"""Replace the team key of ten thousand reports, against one transaction for each row.

    python benchmarks/rotate.py [--reports 10000] [--json]

In a fresh VERTROUWD_HOME; with VERTROUWD_DATABASE set, on that PostgreSQL instead, which must be an
empty database. A report has two data keys, as an import makes: names under one, what was told under
the other. The peer is the loop one would write first: read a row, unwrap, wrap, save it in a
transaction of its own. It does the next rotation, of a tenth of the rows; its seconds are counted
for all of them.
"""

import argparse
import json
import os
import tempfile
import time

PURPOSES = 2
GOAL_SECONDS = 10.0


def team():
    """A team whose only holder has unlocked."""
    from django.utils import timezone

    from vertrouwd.accounts.models import system_actor
    from vertrouwd.sealing.ceremony import make_team
    from vertrouwd.sealing.keys import SecretKey
    from vertrouwd.sealing.models import HolderKey
    from vertrouwd.sealing.opening import Opened

    secret = SecretKey.generate()
    holder = HolderKey.objects.create(public_key=secret.public.data, made_at=timezone.now())
    make_team(holders=[holder], by=system_actor())
    holder.refresh_from_db()
    return Opened(secret, holder)


def fill(reports: int) -> None:
    from vertrouwd.accounts.models import system_actor
    from vertrouwd.sealing.binding import new_record
    from vertrouwd.sealing.terms import Purpose
    from vertrouwd.sealing.texts import seal_many

    seal_many(
        (
            (record, purpose, {"text": f"Verzonnen tekst van {record}."})
            for record in (new_record() for _ in range(reports))
            for purpose in (Purpose.IDENTITY, Purpose.THREAD)
        ),
        by=system_actor(),
    )


def one_row_at_a_time(opened, limit: int) -> int:
    """The peer: how many rows it wrapped to the next team key."""
    from django.db import transaction

    from vertrouwd.accounts.models import system_actor
    from vertrouwd.sealing.keys import PublicKey, wrap
    from vertrouwd.sealing.models import DataKey
    from vertrouwd.sealing.opening import unwrap_data_key, wrap_purpose
    from vertrouwd.sealing.rotation import begin

    rotation = begin(opened=opened, by=system_actor())
    secret, to = opened.secret_of(rotation.from_key.version), rotation.to_key
    numbers = list(DataKey.objects.order_by("pk").values_list("pk", flat=True)[:limit])
    for number in numbers:
        with transaction.atomic():
            row = DataKey.objects.select_for_update().get(pk=number)
            row.wrapped = wrap(
                unwrap_data_key(row, secret), to=PublicKey(bytes(to.public_key)),
                purpose=wrap_purpose(row.purpose, row.number), record=row.record,
                key_version=to.version,
            )  # fmt: skip
            row.team_key = to
            row.save()
    return len(numbers)


def everything_opens(opened) -> bool:
    from vertrouwd.sealing.models import SealedText
    from vertrouwd.sealing.opening import Opened

    reader = Opened(opened._secret, opened.holder)
    texts = SealedText.objects.select_related("data_key__team_key")
    told = "Verzonnen tekst van {}."
    return all(reader.text(text) == told.format(text.data_key.record) for text in texts)


def measure(reports: int) -> dict[str, object]:
    from django.core.management import call_command
    from django.db import connection

    from vertrouwd.accounts.models import system_actor
    from vertrouwd.sealing.rotation import rotate

    call_command("migrate", verbosity=0)
    opened = team()
    fill(reports)
    rows = reports * PURPOSES
    began, used = time.perf_counter(), time.process_time()
    result = rotate(opened=opened, by=system_actor())
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    if result.unreadable or result.rotation.done != rows or not everything_opens(opened):
        raise SystemExit("The rotation did not do what it had to.")
    began, used = time.perf_counter(), time.process_time()
    share = rows / one_row_at_a_time(opened, rows // 10)
    peer_seconds = (time.perf_counter() - began) * share
    peer_processor = (time.process_time() - used) * share
    return {
        "benchmark": "rotate",
        "database": connection.vendor,
        "reports": reports,
        "data_keys": rows,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "data_keys_per_second": round(rows / seconds),
        "goal_seconds": GOAL_SECONDS * reports / 10_000,
        "peer": "one row at a time, each in a transaction of its own",
        "peer_seconds": round(peer_seconds, 2),
        "ratio": round(peer_seconds / seconds, 2),
        # Less disturbed by whatever else runs on the machine, and by its disk.
        "processor_ratio": round(peer_processor / processor, 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vertrouwd.project.settings.base")
    with tempfile.TemporaryDirectory() as home:
        os.environ["VERTROUWD_HOME"] = home
        import django

        django.setup()
        found = measure(options.reports)
    print(json.dumps(found, indent=None if options.json else 2))
