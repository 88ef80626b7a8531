"""A job from when it is asked for until it is done, or somebody decides that it need not be."""

import json
import logging
from datetime import time, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.jobs.conftest import START
from vertrouwd.audit.models import Line
from vertrouwd.jobs import leases
from vertrouwd.jobs.actions import NotPossible, retry_job, set_aside_job
from vertrouwd.jobs.arguments import NotForAJob, Reference
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.jobs import forget_jobs
from vertrouwd.jobs.kinds import GivesUp, kinds
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moments import Hourly, Nightly
from vertrouwd.jobs.recurring import make_due
from vertrouwd.jobs.terms import JobState

pytestmark = pytest.mark.django_db
SECRET = "Jan-Jansen-groep-8"


class Somebody:
    username = "beheerder-1"


@pytest.fixture
def done() -> list[object]:
    return []


@pytest.fixture
def recheck(work, done):
    def recheck(*, dossier: Reference) -> int:
        done.append(dossier)
        return len(done)

    return work(recheck)


@pytest.fixture
def broken(work, done):
    """Work that fails, and says what it should not."""

    def broken() -> None:
        done.append("tried")
        raise ValueError(f"{SECRET} was told on {SECRET}")

    return work(broken, tries=3)


def ask(kind, number: int = 12, **more) -> None:
    enqueue(kind, dossier=Reference(f"D-{number:07}"), now=START, **more)


def states() -> list[str]:
    return list(Job.objects.order_by("pk").values_list("state", flat=True))


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
        assert leases.take(kinds(), owner="two", now=clock()) is None
        clock.forward(seconds=20)


def test_a_lease_that_is_renewed_is_not_taken_over(recheck, clock):
    ask(recheck)
    job = leases.take(kinds(), owner="one", now=clock())
    for _ in range(30):
        clock.forward(seconds=20)
        assert leases.renew(job, now=clock())
        assert leases.take(kinds(), owner="two", now=clock()) is None


def test_a_worker_that_was_thought_dead_changes_nothing_when_it_comes_back(recheck, clock):
    ask(recheck)
    late = leases.take(kinds(), owner="one", now=clock())
    clock.forward(minutes=2)
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
        assert leases.take(kinds(), owner="two", now=clock()) is None
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


def test_what_fails_is_tried_again_after_longer_and_longer(broken, worker, clock, done):
    enqueue(broken, now=START)
    waited = []
    while Job.objects.filter(state=JobState.WAITING).exists():
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
    with pytest.raises(NotPossible):
        act(number, by=Somebody())
    job = leases.take(kinds(), owner="one", now=clock())
    with pytest.raises(NotPossible):
        act(number, by=Somebody())
    leases.finish(job, result="", now=clock())
    with pytest.raises(NotPossible):
        act(number, by=Somebody())
    with pytest.raises(NotPossible):
        act(number + 1, by=Somebody())
    assert not Line.objects.exists()


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
    worker.work_off()
    assert len(done) == 2


def test_a_lease_under_a_clock_that_ran_ahead_ends_when_it_is_put_back(recheck, clock):
    ask(recheck)
    clock.forward(days=3650)
    leases.take(kinds(), owner="one", now=clock())
    clock.now = START
    leases.take(kinds(), owner="two", now=clock())
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
