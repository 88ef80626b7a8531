"""A job from when it is asked for until it is done; leases, and who holds them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.jobs.conftest import START, ask, states
from vertrouwd.jobs import leases
from vertrouwd.jobs.arguments import NotForAJob
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.kinds import kinds
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.terms import JobState

pytestmark = pytest.mark.django_db


def test_work_asked_for_twice_is_done_once(recheck, worker, done):
    ask(recheck)
    ask(recheck)
    assert worker.work_off() == 1
    assert done == ["D-0000012"]
    job = Job.objects.get()
    assert (job.state, job.result, job.tries, job.ended_at) == (JobState.DONE, "1", 1, START)


def test_work_asked_for_again_after_it_was_done_is_done_again(recheck, worker, done):
    ask(recheck)
    worker.work_off()
    ask(recheck)
    worker.work_off()
    assert len(done) == 2


def test_work_asked_for_while_it_runs_is_one_job(recheck, clock):
    ask(recheck)
    leases.take(kinds(), owner="one", now=clock())
    ask(recheck)
    assert Job.objects.count() == 1


def test_other_work_is_another_job(recheck, worker, done):
    ask(recheck, 12)
    ask(recheck, 13)
    worker.work_off()
    assert done == ["D-0000012", "D-0000013"]


def test_an_act_that_is_rolled_back_leaves_no_job(recheck, worker, done):
    with pytest.raises(RuntimeError), transaction.atomic():
        ask(recheck)
        raise RuntimeError("the act fails")
    assert worker.work_off() == 0
    assert not Job.objects.exists()
    with transaction.atomic():
        ask(recheck)
    assert worker.work_off() == 1


def test_work_is_not_done_before_its_time(recheck, worker, clock, done):
    ask(recheck, not_before=START + timedelta(hours=1))
    assert worker.work_off() == 0
    clock.forward(hours=1)
    assert worker.work_off() == 1


def test_a_text_cannot_be_asked_for(recheck):
    with pytest.raises(NotForAJob):
        enqueue(recheck, dossier="Jan heeft gezegd dat")
    assert not Job.objects.exists()


def test_two_workers_never_have_one_job_at_once(recheck, clock):
    ask(recheck)
    assert leases.take(kinds(), owner="one", now=clock())
    for _ in range(5):
        leases.take_back_lost(kinds(), now=clock())
        assert leases.take(kinds(), owner="two", now=clock()) is None
        clock.forward(seconds=20)


def test_a_lease_that_is_renewed_is_not_taken_over(recheck, clock):
    ask(recheck)
    job = leases.take(kinds(), owner="one", now=clock())
    for _ in range(30):
        clock.forward(seconds=20)
        assert leases.renew(job, now=clock())
        leases.take_back_lost(kinds(), now=clock())
        assert leases.take(kinds(), owner="two", now=clock()) is None


def test_a_worker_that_was_thought_dead_changes_nothing_when_it_comes_back(recheck, clock):
    ask(recheck)
    late = leases.take(kinds(), owner="one", now=clock())
    clock.forward(minutes=2)
    leases.take_back_lost(kinds(), now=clock())
    assert leases.take(kinds(), owner="two", now=clock()) is None  # it waits after the failure
    assert Job.objects.get().fault == leases.LEASE_ENDED
    clock.forward(minutes=1)
    job = leases.take(kinds(), owner="two", now=clock())
    assert not leases.renew(late, now=clock())
    assert not leases.finish(late, result="late", now=clock())
    assert not leases.give_back(late, now=clock())
    assert not leases.fail(late, recheck, leases.Fault("Late"), now=clock())
    assert leases.finish(job, result="2", now=clock())
    assert (Job.objects.get().result, Job.objects.get().tries) == ("2", 2)


def test_a_job_that_kills_its_worker_each_time_becomes_a_dead_letter(recheck, clock):
    ask(recheck)
    for _ in range(recheck.tries):
        assert leases.take(kinds(), owner="one", now=clock())
        clock.forward(minutes=3)
        leases.take_back_lost(kinds(), now=clock())
        clock.forward(hours=6)
    assert leases.take(kinds(), owner="two", now=clock()) is None
    assert states() == [JobState.DEAD]


def test_what_is_given_back_is_no_try_and_rests_a_moment(recheck, worker, clock):
    ask(recheck)
    job = leases.take(kinds(), owner="one", now=clock())
    assert leases.give_back(job, now=clock())
    assert Job.objects.get().tries == 0
    assert worker.work_off() == 0
    clock.forward(seconds=10)
    assert worker.work_off() == 1


@pytest.mark.parametrize(
    "change",
    [{"state": JobState.RUNNING}, {"state": JobState.DONE},
     {"state": JobState.DEAD, "ended_at": START},
     {"state": JobState.SET_ASIDE, "ended_at": START}, {"lease_owner": "one"},
     {"ended_at": START}, {"set_aside_by": "beheerder-1"}],
)  # fmt: skip
def test_the_database_keeps_what_a_state_promises(recheck, change):
    ask(recheck)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**change)


@pytest.mark.postgres
def test_a_role_that_may_only_insert_can_ask_and_cannot_look(recheck):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE may_only_ask")
        cursor.execute("GRANT USAGE ON SCHEMA public TO may_only_ask")
        cursor.execute("GRANT INSERT ON jobs_job TO may_only_ask")
        cursor.execute("SET LOCAL ROLE may_only_ask")
        ask(recheck)
        ask(recheck)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Job.objects.count()
        cursor.execute("RESET ROLE")
    assert Job.objects.count() == 1
