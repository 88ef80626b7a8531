"""When the public site could not serve everybody at once, those who can do something hear of it."""

from datetime import timedelta

from django.utils import timezone

from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.project.turned_away import tell_staff

HEAR = {Role.COORDINATOR, Role.ADMINISTRATOR}


def who_read_of_it(colleagues) -> dict[Role, str]:
    pages = {role: client.get("/").content.decode() for role, (client, _) in colleagues.items()}
    return {role: page for role, page in pages.items() if "Het was druk" in page}


def test_the_coordinator_and_the_administrator_hear_that_it_was_busy_and_how_often(colleagues):
    assert not who_read_of_it(colleagues)
    tell_staff(3)
    tell_staff(4)
    found = who_read_of_it(colleagues)
    assert set(found) == HEAR
    assert all("7 keer een wachtpagina" in page for page in found.values())


def test_a_day_later_it_is_history(colleagues):
    tell_staff(3)
    line = Line.objects.get(action="turn_away")
    moved = timezone.now() - timedelta(hours=25)
    line.pk, line.at = None, moved
    line.save()
    assert "3 keer" in who_read_of_it(colleagues)[Role.COORDINATOR]  # the old line does not count
