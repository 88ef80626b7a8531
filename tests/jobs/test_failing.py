"""Work that fails: tried again, a dead letter, and what a person decides about it."""

import json
import logging
from datetime import timedelta

import pytest
from django.core.management import call_command

from tests.jobs.conftest import SECRET, START, Somebody, ask, states
from vertrouwd.audit.models import Line
from vertrouwd.jobs import leases
from vertrouwd.jobs.actions import NotPossible, retry_job, set_aside_job
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.kinds import GivesUp, kinds
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.terms import JobState

pytestmark = pytest.mark.django_db


def test_what_fails_is_tried_again_after_longer_and_longer(broken, worker, clock, done):
    enqueue(broken, now=START)
    waited = []
    for _ in range(3):
        worker.work_off()
        job = Job.objects.get()
        waited.append(job.due_at - clock.now)
        clock.now = max(clock.now, job.due_at)
    assert waited[:2] == [timedelta(minutes=1), timedelta(minutes=2)]
    assert len(done) == 3
    assert (job.state, job.tries, job.fault) == (JobState.DEAD, 3, "ValueError")
    assert job.fault_place.startswith("vertrouwd.jobs.worker:")


def test_what_another_try_would_not_help_is_a_dead_letter_at_once(work, worker):
    def hopeless() -> None:
        raise GivesUp(SECRET)

    enqueue(work(hopeless), now=START)
    worker.work_off()
    assert states() == [JobState.DEAD]


def test_a_job_of_before_whose_work_asks_for_something_else_now_is_a_dead_letter(recheck, worker):
    ask(recheck)
    Job.objects.update(arguments={"dossier": "Jan"})
    worker.work_off()
    job = Job.objects.get()
    assert (job.state, job.fault) == (JobState.DEAD, "NotForAJob")


def test_a_kind_that_this_version_does_not_know_is_left_to_one_that_does(recheck, worker):
    ask(recheck)
    Job.objects.update(kind="of_tomorrow")
    assert worker.work_off() == 0
    assert states() == [JobState.WAITING]


def test_work_that_ends_the_program_ends_the_job_only(work, worker):
    def leaves() -> None:
        raise SystemExit(3)

    enqueue(work(leaves, tries=1), now=START)
    assert worker.work_off() == 1
    assert Job.objects.get().fault == "SystemExit"


def test_of_a_failure_no_word_is_kept_or_said(broken, worker, clock, caplog, capfd):
    enqueue(broken, now=START)
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            worker.work_off()
            clock.forward(hours=1)
    assert states() == [JobState.DEAD]
    kept = str(list(Job.objects.values())) + str(list(Line.objects.values()))
    assert "ValueError" in kept
    assert "ValueError" in caplog.text
    said = "".join(capfd.readouterr())
    assert SECRET not in kept + caplog.text + said


def test_somebody_lets_a_dead_letter_be_tried_again_from_the_first(broken, worker, clock, done):
    enqueue(broken, now=START)
    for _ in range(3):
        worker.work_off()
        clock.forward(hours=1)
    job = retry_job(Job.objects.get().pk, by=Somebody(), now=clock())
    assert (job.state, job.tries) == (JobState.WAITING, 0)
    line = Line.objects.get()
    assert (line.actor, line.action, line.object) == ("beheerder-1", "retry_job", str(job.pk))
    for _ in range(3):
        worker.work_off()
        clock.forward(hours=1)
    assert len(done) == 6
    assert states() == [JobState.DEAD]


def test_somebody_sets_a_dead_letter_aside_and_that_is_said(broken, worker, clock):
    enqueue(broken, now=START)
    for _ in range(3):
        worker.work_off()
        clock.forward(hours=1)
    set_aside_job(Job.objects.get().pk, by=Somebody(), now=clock())
    job = Job.objects.get()
    assert (job.state, job.set_aside_by) == (JobState.SET_ASIDE, "beheerder-1")
    assert job.set_aside_at == clock()
    assert Line.objects.get().action == "set_aside_job"
    retry_job(job.pk, by=Somebody(), now=clock())  # and thinks better of it
    assert Job.objects.get().set_aside_by == ""


def test_what_was_asked_for_again_meanwhile_is_not_tried_beside_it(broken, worker, clock):
    enqueue(broken, now=START)
    for _ in range(3):
        worker.work_off()
        clock.forward(hours=1)
    enqueue(broken, now=clock())
    with pytest.raises(NotPossible, match="wacht al"):
        retry_job(Job.objects.earliest("pk").pk, by=Somebody())
    assert states() == [JobState.DEAD, JobState.WAITING]


@pytest.mark.parametrize("act", [retry_job, set_aside_job])
def test_only_a_dead_letter_is_for_a_person(act, recheck, worker, clock):
    ask(recheck)
    number = Job.objects.get().pk
    with pytest.raises(NotPossible, match="niet meer mislukt"):
        act(number, by=Somebody())
    job = leases.take(kinds(), owner="one", now=clock())
    with pytest.raises(NotPossible, match="niet meer mislukt"):
        act(number, by=Somebody())
    leases.finish(job, result="", now=clock())
    with pytest.raises(NotPossible, match="niet meer mislukt"):
        act(number, by=Somebody())
    with pytest.raises(NotPossible):
        act(number + 1, by=Somebody())
    assert not Line.objects.exists()


def test_the_commands_list_jobs_and_let_one_be_tried_again(broken, recheck, worker, clock, capsys):
    enqueue(broken, now=START)
    for _ in range(3):
        worker.work_off()
        clock.forward(hours=1)
    ask(recheck)
    number = Job.objects.get(state=JobState.DEAD).pk
    call_command("list_jobs", "--dead", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["counts"] == {"wacht": 1, "loopt": 0, "klaar": 0, "mislukt": 1, "terzijde": 0}
    [dead] = said["jobs"]
    assert (dead["number"], dead["kind"], dead["fault"]) == (number, "broken", "ValueError")
    call_command("list_jobs")
    out = capsys.readouterr().out
    assert "recheck" in out
    assert "broken" in out
    assert "D-0000012" not in out
    call_command("retry_job", str(number))
    assert "waits again" in capsys.readouterr().out
    assert Line.objects.get().actor == "system"
