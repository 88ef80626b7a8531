"""What an administrator sees of work that could not be done, and decides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.on_a_page import in_one_line
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.terms import JobState

PAGE, DECIDE = "/taken/mislukt", "/taken/mislukt/besluit"


@pytest.fixture
def administrator(colleagues):
    return colleagues[Role.ADMINISTRATOR]


def failed(**more) -> Job:
    now = timezone.now()
    job = {
        "kind": "sweep_sessions", "key": '{"dossier":"D-0000777"}', "asked_at": now, "due_at": now,
        "arguments": {"dossier": "D-0000777"}, "state": JobState.DEAD, "tries": 5,
        "fault": "OperationalError", "fault_place": "vertrouwd.accounts.jobs:15",
        "came_back_at": now, "ended_at": now - timedelta(minutes=1),
    }  # fmt: skip
    return Job.objects.create(**job | more)


def test_nothing_failed_is_said(administrator):
    page = administrator[0].get(PAGE).content.decode()
    assert "Er is geen taak mislukt." in page
    assert "Probeer opnieuw" not in page


def test_a_dead_letter_says_what_failed_and_not_about_whom(administrator):
    client, user = administrator
    failed()
    page = client.get(PAGE).content.decode().replace("<wbr>", "")
    for told in ("Verlopen sessies opruimen", "OperationalError", "vertrouwd.accounts.jobs:15"):
        assert told in page
    assert "D-0000777" not in page
    line = Line.objects.latest("pk")
    assert (line.actor, line.action, line.kind) == (user.username, "list", "job")
    assert line.detail == {"count": 1}


def test_it_is_tried_again(administrator):
    client, user = administrator
    job = failed()
    page = client.post(DECIDE, {"number": job.pk, "decision": "opnieuw"}, follow=True)
    assert "wordt opnieuw geprobeerd" in page.content.decode()
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.WAITING, 0)
    acts = Line.objects.filter(action="retry_job", object=str(job.pk), actor=user.username)
    assert acts.count() == 1
    again = client.post(DECIDE, {"number": job.pk, "decision": "opnieuw"}, follow=True)
    assert "niet meer mislukt" in again.content.decode()
    assert acts.count() == 1


def test_it_is_set_aside_with_who_and_when_and_may_be_tried_after_all(administrator):
    client, user = administrator
    job = failed()
    page = client.post(DECIDE, {"number": job.pk, "decision": "terzijde"}, follow=True)
    said = page.content.decode()
    assert "Er is geen taak mislukt." in said
    assert "Terzijde gelegd" in said
    assert f'data-label="Door">{user.username}' in said
    job.refresh_from_db()
    assert (job.state, job.set_aside_by) == (JobState.SET_ASIDE, user.username)
    client.post(DECIDE, {"number": job.pk, "decision": "opnieuw"})
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_what_a_later_time_made_good_says_so(administrator):
    now = timezone.now()
    failed(state=JobState.SET_ASIDE, set_aside_by="system", set_aside_at=now)
    assert "vanzelf" in administrator[0].get(PAGE).content.decode()


@pytest.mark.parametrize("sent", [{}, {"number": "Jan"}, {"number": 1, "decision": "weg"}])
def test_what_is_not_understood_changes_nothing(administrator, sent):
    job = failed()
    assert administrator[0].post(DECIDE, sent).status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.DEAD


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_for_anybody_else_there_is_no_such_page(colleagues, role):
    job = failed()
    client, _ = colleagues[role]
    assert client.get(PAGE).status_code == 404
    assert client.post(DECIDE, {"number": job.pk, "decision": "opnieuw"}).status_code == 404
    assert "/taken" not in client.get("/").content.decode()
    job.refresh_from_db()
    assert job.state == JobState.DEAD


def test_the_first_page_says_what_failed_and_when_nobody_works(administrator):
    client, _ = administrator
    assert "Er wacht niets op u." in client.get("/").content.decode()
    failed()
    an_hour_ago = timezone.now() - timedelta(minutes=61)
    waiting = failed(state=JobState.WAITING, ended_at=None)
    page = in_one_line(client.get("/").content.decode())
    assert "1 taak is mislukt" in page
    assert "langer dan een uur" not in page
    Job.objects.filter(pk=waiting.pk).update(due_at=an_hour_ago)
    assert "langer dan een uur" in client.get("/").content.decode()
