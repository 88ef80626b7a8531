"""A demonstration has people who can log in and unlock, and never beside real work."""

import random
import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories import make_report
from tests.people import make_user
from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import clashing
from vertrouwd.accounts.second_step import factors
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock import keys as unlock_keys
from vertrouwd.audit.models import Line
from vertrouwd.demonstration.management.commands.show_code import code_of
from vertrouwd.demonstration.office import PEOPLE, open_office
from vertrouwd.demonstration.told import INVENTED, told
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.figures import demonstrations
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose


def secrets(home, username: str) -> dict[str, str]:
    """What `demonstration.txt` says of one person."""
    text = demonstrations.secrets_of(home).read_text("utf-8")
    block = next(part for part in text.split("\n\n") if f"name        {username}\n" in part + "\n")
    return dict(re.findall(r"^ +(\w+) +(.+)$", block, re.MULTILINE))


@pytest.fixture
def opened_office(home, actor):
    reports = [make_report(is_invented=True) for _ in range(3)]
    assert open_office(by=actor)
    return reports


def test_the_inspector_logs_in_with_what_the_file_says_and_opens_what_was_told(home, opened_office):
    known = secrets(home, "inspecteur")
    inspector = User.objects.get(username="inspecteur")
    assert inspector.check_password(known["password"])
    assert factors.check_code(inspector, code_of(known["code"], at=time.time())) == factors.TOTP
    secret = unlock_keys.open_with_phrase(known["passphrase"], by=inspector)
    opened = Opened(secret, unlock_keys.holder_of(inspector))
    for report in opened_office:
        assert report.dossier in visible_dossiers(inspector)
        said = opened.texts(report.record, Purpose.THREAD)["narrative"]
        assert said.startswith(INVENTED)


def test_the_file_with_the_secrets_is_closed_to_others_and_in_no_log(home, opened_office):
    assert demonstrations.secrets_of(home).stat().st_mode & 0o077 == 0
    logged = str(list(Line.objects.values()))
    for username in PEOPLE:
        assert not [v for k, v in secrets(home, username).items() if k != "name" and v in logged]


def test_every_role_has_somebody_and_nobody_has_roles_that_clash(home, opened_office):
    people = [User.objects.get(username=name) for name in PEOPLE]
    assert {role for person in people for role in person.roles} == set(Role)
    assert not [person for person in people if clashing(person.roles)]


def test_opening_it_twice_changes_nothing(home, opened_office, actor):
    before = demonstrations.secrets_of(home).read_text("utf-8")
    assert not open_office(by=actor)
    assert demonstrations.secrets_of(home).read_text("utf-8") == before


def test_whoever_comes_back_the_next_month_finds_the_inspector_on_duty(home, opened_office, actor):
    inspector = User.objects.get(username="inspecteur")
    coordinator = User.objects.get(username="coordinator")
    of_nobody = make_report(is_invented=True).dossier
    now = timezone.now()
    set_duty(timezone.localdate(), people=[coordinator], by=coordinator)
    for passed in range(1, 28):
        assert of_nobody in visible_dossiers(inspector, now=now + timedelta(days=passed))
    with time_machine.travel(now + timedelta(days=40)):
        assert of_nobody not in visible_dossiers(inspector)
        open_office(by=actor)
        assert of_nobody in visible_dossiers(inspector)
    open_office(by=actor)
    assert of_nobody not in visible_dossiers(inspector)  # that day somebody else has


def test_it_is_refused_beside_a_real_report(home, actor):
    make_report()
    with pytest.raises(Refused, match="Real reports"):
        open_office(by=actor)
    assert not User.objects.filter(username="inspecteur").exists()
    assert not demonstrations.are_in(home)


def test_it_is_refused_beside_people_who_work_here(home, actor):
    make_user(roles=[Role.ADMINISTRATOR])
    with pytest.raises(Refused, match="People or a team"):
        open_office(by=actor)


def test_a_home_with_such_people_is_a_demonstration(home, opened_office):
    assert demonstrations.are_in(home)


@pytest.mark.parametrize(
    "at, code", [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_the_code_of_now_is_that_of_the_standard(at, code):
    # RFC 6238, appendix B: the last six of its eight digits, for SHA-1.
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at=at) == code


def test_every_category_and_reporter_has_something_to_tell():
    from vertrouwd.dossiers.terms import Category, ReporterRole

    for category in Category:
        for role in ReporterRole:
            said = told(reporter_role=role, category=category, chance=random.Random(1))
            assert said.narrative.startswith(INVENTED)
            assert said.identity["accused_name"]
