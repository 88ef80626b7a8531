"""Work that recurs by itself, and clocks that jump."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from tests.jobs.conftest import START, ask, states
from vertrouwd.jobs import leases
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.jobs import forget_jobs
from vertrouwd.jobs.kinds import kinds
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moments import Hourly, Nightly
from vertrouwd.jobs.recurring import make_due
from vertrouwd.jobs.terms import JobState

pytestmark = pytest.mark.django_db


def test_recurring_work_has_one_job_for_each_moment(work, worker, clock, done):
    def sweep() -> None:
        done.append(clock.now)

    work(sweep, every=Hourly(0))
    for _ in range(3):
        make_due(kinds(), now=clock())
        make_due(kinds(), now=clock())
    worker.work_off()
    clock.forward(minutes=59)
    make_due(kinds(), now=clock())
    worker.work_off()
    assert len(done) == 1
    clock.forward(minutes=1)
    make_due(kinds(), now=clock())
    worker.work_off()
    assert len(done) == 2


def test_what_was_missed_while_nothing_ran_is_done_once(work, worker, clock, done):
    def nightly() -> None:
        done.append(clock.now)

    work(nightly, every=Nightly(time(3)))
    for days in (0, 10):
        clock.forward(days=days)
        make_due(kinds(), now=clock())
        worker.work_off()
    assert len(done) == 2


def test_work_that_is_still_busy_gets_no_second_beside_it(work, clock):
    def slow() -> None: ...

    work(slow, every=Hourly(0))
    make_due(kinds(), now=clock())
    job = leases.take(kinds(), owner="one", now=clock())
    clock.forward(hours=1)
    leases.renew(job, now=clock())
    make_due(kinds(), now=clock())
    assert Job.objects.count() == 1
    leases.finish(job, result="", now=clock())
    make_due(kinds(), now=clock())
    assert Job.objects.count() == 2


def test_a_clock_that_is_put_back_repeats_nothing_and_one_that_ran_ahead_stops_nothing(
    work, worker, clock, done
):
    def sweep() -> None:
        done.append(clock.now)

    work(sweep, every=Hourly(0))
    for hours in (0, 24 * 365 * 70, -24 * 365 * 70, 0, 1):
        clock.forward(hours=hours)
        make_due(kinds(), now=clock())
        leases.undo_clock_that_ran_ahead(kinds(), now=clock())
        if hours >= 0 and hours < 100:  # while it ran ahead nobody worked
            worker.work_off()
    assert [moment - START for moment in done[-1:]] == [timedelta(hours=1)]
    assert not Job.objects.exclude(state=JobState.DONE).exists()


def test_a_failure_under_a_clock_that_ran_ahead_is_tried_when_it_is_put_back(
    broken, worker, clock, done
):
    clock.forward(days=3650)
    enqueue(broken, now=START)
    worker.work_off()
    clock.now = START + timedelta(minutes=1)
    leases.undo_clock_that_ran_ahead(kinds(), now=clock())
    worker.work_off()
    assert len(done) == 2


def test_a_lease_under_a_clock_that_ran_ahead_ends_when_it_is_put_back(recheck, clock):
    ask(recheck)
    clock.forward(days=3650)
    leases.take(kinds(), owner="one", now=clock())
    clock.now = START
    leases.take_back_lost(kinds(), now=clock())
    assert Job.objects.get().fault == leases.LEASE_ENDED


def test_of_recurring_work_one_dead_letter_stands_and_none_when_it_goes_well_again(
    work, worker, clock
):
    well = []

    def sweep() -> None:
        if not well:
            raise ValueError

    work(sweep, every=Hourly(0), tries=1)
    for _ in range(3):
        make_due(kinds(), now=clock())
        worker.work_off()
        clock.forward(hours=1)
    assert states() == [JobState.SET_ASIDE, JobState.SET_ASIDE, JobState.DEAD]
    well.append(True)
    make_due(kinds(), now=clock())
    worker.work_off()
    assert states() == [JobState.SET_ASIDE] * 3 + [JobState.DONE]
    assert set(Job.objects.values_list("set_aside_by", flat=True)) == {"system", ""}


def test_old_jobs_are_forgotten_and_dead_letters_are_not(broken, recheck, worker, clock):
    clock.now = timezone.now() - timedelta(days=91)
    enqueue(broken, now=clock())
    ask(recheck)
    Job.objects.update(due_at=clock())
    for _ in range(3):
        worker.work_off()
        clock.forward(minutes=10)
    clock.now = timezone.now()
    ask(recheck)
    worker.work_off()
    assert states() == [JobState.DEAD, JobState.DONE, JobState.DONE]
    assert forget_jobs.work() == 1
    assert states() == [JobState.DEAD, JobState.DONE]


def test_what_was_put_off_on_purpose_is_not_taken_for_a_clock_that_ran_ahead(work, worker, done):
    def later() -> None:
        done.append(1)

    enqueue(work(later), not_before=START + timedelta(days=30), now=START)
    assert leases.undo_clock_that_ran_ahead(kinds(), now=START) == 0
    worker.work_off()
    assert done == []


def test_what_is_there_already_is_not_written_again(work, clock, django_assert_num_queries):
    def sweep() -> None: ...

    work(sweep, every=Hourly(0))
    make_due(kinds(), now=clock())
    with django_assert_num_queries(1):  # one question
        make_due(kinds(), now=clock())
