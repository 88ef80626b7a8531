"""Decide the category, subcategory and sector of a dossier.

The coding of a dossier is that of the report it was opened with, and changes only by this act.
What it was before stays on record. The decision holds until another report comes in. `vertrouwd
list-disagreements` names the dossiers that need one.
"""

from argparse import ArgumentParser
from enum import StrEnum
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vertrouwd.accounts.models import system_actor
from vertrouwd.dossiers import codes
from vertrouwd.dossiers.actions import code_dossier
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import Category, CodingReason, stored_value
from vertrouwd.schools.terms import Sector


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE", help="of the dossier: D-0000012")
        parser.add_argument("--category", required=True, help=_listed(Category))
        parser.add_argument(
            "--subcategory", default="", help="of that category; leave out: unknown"
        )
        parser.add_argument("--sector", help=f"{_listed(Sector)}; leave out: it stays")
        parser.add_argument(
            "--reason", default=CodingReason.REPORTS_DISAGREE.value, help=_listed(CodingReason)
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dossier = _dossier(options["reference"])
        category = _term(Category, options["category"], "category")
        subcategory = codes.stored_subcategory(category, options["subcategory"])
        if subcategory is None:
            known = ", ".join(codes.subcategory_names(category)) or "none: leave it out"
            raise _refused(f"That is not a subcategory of {category}. Possible: {known}.")
        sector = _term(Sector, options["sector"] or dossier.sector, "sector")
        try:
            code_dossier(
                dossier,
                category=category,
                subcategory=subcategory,
                sector=sector,
                by=system_actor(),
                reason=_term(CodingReason, options["reason"], "reason"),
            )
        except Refused as refusal:
            raise _refused(str(refusal)) from None
        self.stdout.write(
            f"{dossier.reference} is now coded {category}"
            f"{f', {subcategory}' if subcategory else ''}, {sector}."
        )


def _dossier(reference: str) -> Dossier:
    number = reference.strip().upper().removeprefix("D-")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise _refused(
            f"'{reference[:20]}' is not a reference of a dossier. Write it as D-0000012."
        )
    found = Dossier.objects.filter(pk=int(number)).first()
    if found is None:
        raise _refused(
            f"There is no dossier {reference[:20]}. `vertrouwd list-disagreements` names them."
        )
    return found


def _term(terms: type[StrEnum], text: str, what: str) -> StrEnum:
    found = stored_value(terms, text)
    if found is None:
        raise _refused(f"'{text[:40]}' is not a {what}. Possible: {_listed(terms)}.")
    return found


def _listed(terms: type[StrEnum]) -> str:
    return ", ".join(term.value for term in terms)


def _refused(message: str) -> CommandError:
    return CommandError(message, returncode=2)
