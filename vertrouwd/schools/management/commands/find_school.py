"""Find a school by a name and town, also mistyped, or by its BRIN.

TEXT is what somebody wrote: "obs de esdorn emen", a BRIN (16DJ) or a location code (16DJ00). The
best three institutions are shown with a score from 0 to 100; only a code gets 100. Closed schools
are marked. Without a register the one that comes along (November 2024: po, so, vo) is loaded first.
"""

import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from vertrouwd.accounts.models import system_actor
from vertrouwd.schools.terms import Sector

if TYPE_CHECKING:
    from vertrouwd.schools.search import Match

LONGEST = 200  # characters of a question
REGISTERED = (Sector.PRIMARY, Sector.SPECIAL, Sector.SECONDARY)  # the register holds no others


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", metavar="TEXT", nargs="+", help="name and town, or a BRIN")
        parser.add_argument("--sector", help="only schools of this sector: po, so or vo")
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        text = " ".join(" ".join(options["text"]).split())
        if not any(letter.isalnum() for letter in text):
            raise CommandError(
                "There is no text to look for. Write a name and a town, or a BRIN.", returncode=2
            )
        if len(text) > LONGEST:
            raise CommandError(
                f"The text has {len(text)} characters. Possible: at most {LONGEST}.", returncode=2
            )
        sector = options["sector"]
        if sector is not None and sector not in REGISTERED:
            raise CommandError(
                f"'{sector}' is not a sector of the register. Possible: {', '.join(REGISTERED)}.",
                returncode=2,
            )
        from vertrouwd.schools.lookup import find_schools
        from vertrouwd.schools.register import ensure_loaded

        ensure_loaded(by=system_actor())
        found = find_schools(text, sector=sector)
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {"text": text, "found": [_as_json(match) for match in found]},
                    ensure_ascii=False,
                )
            )
        elif found:
            for match in found:
                self.stdout.write(_as_line(match))
        else:
            without = ", or leave out --sector" if sector else ""
            self.stdout.write(
                f"No school found for '{text}'. Try the name without abbreviations, add the town"
                f"{without}; mbo, ho and childcare are not in this register."
            )


def _as_json(match: "Match") -> dict[str, Any]:
    place = match.place
    return {
        "score": match.score,
        "brin": place.brin,
        "location": place.code,
        "name": place.name,
        "town": place.town,
        "sector": place.sector,
        "closed_on": place.closed_on.isoformat() if place.closed_on else None,
    }


def _as_line(match: "Match") -> str:
    place = match.place
    closed = f"  (closed on {place.closed_on})" if place.closed_on else ""
    name = f"{place.name}, {place.town}"
    return f"{match.score:5.1f}  {place.code}  {place.sector:<3}  {name}{closed}"
