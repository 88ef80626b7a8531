"""A register of two schools, so that the real one need not be loaded; an inspector with a team."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.people import make_user
from tests.teams import Team
from vertrouwd.accounts.terms import Role
from vertrouwd.schools.models import Institution, Location


@pytest.fixture
def ine(db, home):
    return make_user("ine", roles=[Role.INSPECTOR], name="Ine Inspecteur")


@pytest.fixture
def team(ine) -> Team:
    """Held by Ine."""
    return Team(ine)


@pytest.fixture
def register(db) -> dict[str, Institution]:
    """Two schools: 01AA is a primary school, 02BB has locations for so and vo."""
    schools = {
        "01AA": _school("01AA", "po", "Basisschool De Proef", "Voorbeelddorp"),
        "02BB": _school("02BB", "vo", "Proefcollege", "Voorbeeldstad"),
    }
    _location(schools["01AA"], "01AA00", "po")
    _location(schools["02BB"], "02BB00", "vo")
    _location(schools["02BB"], "02BB01", "so")
    return schools


def _school(code: str, sector: str, name: str, town: str) -> Institution:
    return Institution.objects.create(
        register="brin", code=code, name=name, town=town, sector=sector
    )


def _location(school: Institution, code: str, sector: str) -> None:
    Location.objects.create(
        institution=school, code=code, name=school.name, town=school.town, sector=sector
    )


class Outcome:
    """What a command said: its exit code, its summary, its warnings."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture
def run(register):
    """Run a command as the command line does; the outcome instead of an exit."""

    def call(name: str, *words: str | Path) -> Outcome:
        out, err = StringIO(), StringIO()
        try:
            call_command(name, *map(str, words), stdout=out, stderr=err)
        except CommandError as refusal:
            return Outcome(refusal.returncode, out.getvalue(), f"{err.getvalue()}{refusal}")
        return Outcome(0, out.getvalue(), err.getvalue())

    return call
