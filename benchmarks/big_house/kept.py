"""A house that is built once: the next measurement walks into the same one.

Beside the database lies `house.json`: who works there, with the seeds of their invented keys, and
which dossiers are read. Whatever is of a day (who is on duty) is said again.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.big_house import House


def kept_house(folder: Path, dossiers: int) -> House:
    """The house of this folder; it is built when it is not there yet, in an empty database."""
    place = folder / "house.json"
    if place.exists():
        return _again(json.loads(place.read_text(encoding="utf-8")))
    house = House(dossiers)
    kept = {
        "dossiers": dossiers,
        "people": [each.pk for each in house.people],
        "on_duty": house.on_duty.pk,
        "seeds": {
            each.pk: house.team.secret(each)[0].seed.hex()
            for each in (house.people[0], house.on_duty)
        },
        "read": house.read,
        "half_way": house.half_way.pk,
    }
    place.write_text(json.dumps(kept), encoding="utf-8")
    return house


def _again(kept: dict[str, object]) -> House:
    from tests.teams import Team
    from vertrouwd.accounts.models import Holding, User
    from vertrouwd.dossiers.models import Dossier, DutyDay
    from vertrouwd.sealing.keys import SecretKey

    house = House.__new__(House)
    house.people = [User.objects.get(pk=pk) for pk in kept["people"]]  # type: ignore[attr-defined]
    house.on_duty = User.objects.get(pk=kept["on_duty"])
    house.team = Team.__new__(Team)
    house.team._secrets = {
        int(pk): (SecretKey(bytes.fromhex(seed)), Holding.objects.get(user=pk).holder)
        for pk, seed in kept["seeds"].items()  # type: ignore[attr-defined]
    }
    house.read = kept["read"]
    house.half_way = Dossier.objects.get(pk=kept["half_way"])
    DutyDay.objects.get_or_create(
        date=date.today(), user=house.on_duty,
        defaults={"set_at": datetime.now(UTC), "set_by": house.people[1]},
    )  # fmt: skip
    return house
