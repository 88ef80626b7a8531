"""Institutions of a demonstration do not exist."""

import csv
import re

from vertrouwd.demonstration.institutions import TOWNS, invented_institutions
from vertrouwd.project.settings.base import PACKAGE
from vertrouwd.schools.terms import Sector

EVERY = [i for listed in invented_institutions().values() for i in listed]
REGISTER = sorted(PACKAGE.glob("schools/data/vestigingen_*.csv"))


def test_every_code_is_one_that_was_never_given_out():
    for institution in EVERY:
        form = r"000\d{6}" if institution.sector == Sector.CHILDCARE else r"ZZ[0-9A-Z]{2}"
        assert re.fullmatch(form, institution.code)
    assert len({i.code for i in EVERY}) == len(EVERY)


def test_no_name_code_or_town_stands_in_the_real_register():
    [register] = REGISTER
    with register.open(encoding="utf-8-sig", newline="") as file:
        real = {value.strip().casefold() for row in csv.reader(file) for value in row}
    brins = {value[:4] for value in real}
    assert len(real) > 8_000
    for town in TOWNS:
        assert town.casefold() not in real
    for institution in EVERY:
        assert institution.name.casefold() not in real
        assert institution.code.casefold() not in real | brins


def test_every_sector_that_is_counted_has_some():
    assert set(invented_institutions()) == set(Sector) - {Sector.WITHHELD}
