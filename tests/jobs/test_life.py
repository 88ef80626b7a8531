"""Whatever people, workers and clocks do to the queue, it keeps its promises."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.jobs.conftest import START, STEADY, Somebody
from vertrouwd.jobs import leases
from vertrouwd.jobs.actions import NotPossible, retry_job, set_aside_job
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.kinds import kind, kinds
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moves import ACTIVE, ENDED, MOVES, NoSuchMove, check_move
from vertrouwd.jobs.terms import JobState

NUMBERS, WORKERS = st.integers(1, 3), st.sampled_from(["one", "two"])


@pytest.mark.parametrize("new", JobState)
@pytest.mark.parametrize("old", JobState)
def test_a_job_moves_as_the_table_says(old, new):
    if new in MOVES[old]:
        check_move(old, new)
        return
    with pytest.raises(NoSuchMove):
        check_move(old, new)


def test_every_state_has_its_moves_and_can_be_reached():
    assert MOVES.keys() == set(JobState) == ACTIVE | ENDED
    assert frozenset(JobState).union(*MOVES.values()) == set(JobState)
    reached, before = {JobState.WAITING}, set()
    while reached != before:
        before = set(reached)
        reached |= {new for old in reached for new in MOVES[old]}
    assert reached == set(JobState)


class Life(RuleBasedStateMachine):
    """People ask, workers take, finish, fail, vanish and come back; the clock goes on or jumps."""

    def __init__(self) -> None:
        super().__init__()
        Job.objects.all().delete()
        self.now = START
        self.held: dict[str, Job] = {}  # what each worker thinks it works on
        self.asked = self.finished = 0
        self.states: dict[int, JobState] = {}

        def work(*, number: int) -> None: ...

        self.kind = kind("work", "work", tries=2, backoff=STEADY)(work)

    @rule(number=NUMBERS)
    def ask(self, number: int) -> None:
        before = Job.objects.count()
        busy = Job.objects.filter(key__contains=f":{number}", state__in=[*map(str, ACTIVE)])
        expected = before + (not busy.exists())
        enqueue(self.kind, number=number, now=self.now)
        assert Job.objects.count() == expected

    @rule(worker=WORKERS)
    def take(self, worker: str) -> None:
        job = leases.take(kinds(), owner=worker, now=self.now)
        if job is None:
            waiting = Job.objects.filter(state=JobState.WAITING, due_at__lte=self.now)
            assert not waiting.exists()
            return
        assert job.due_at <= self.now
        self.held[worker] = job

    @precondition(lambda self: self.held)
    @rule(data=st.data(), how=st.sampled_from(["finish", "fail", "hopeless", "give back", "renew"]))
    def go_on(self, data: st.DataObject, how: str) -> None:
        worker = data.draw(st.sampled_from(sorted(self.held)))
        job = self.held[worker]
        row = Job.objects.get(pk=job.pk)
        mine = (row.state, row.lease_owner, row.tries) == (JobState.RUNNING, worker, job.tries)
        if how == "renew":
            assert leases.renew(job, now=self.now) == mine
            return
        del self.held[worker]
        if how == "finish":
            kept = leases.finish(job, result="", now=self.now)
        elif how == "give back":
            kept = leases.give_back(job, now=self.now)
        else:
            fault = leases.Fault("ValueError", is_final=how == "hopeless")
            kept = leases.fail(job, self.kind, fault, now=self.now)
        assert kept == mine

    @rule(seconds=st.sampled_from([1, 30, 90, 600, 100_000, -1, -90, -100_000]))
    def the_clock_goes_on(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def what_was_lost_is_taken_back(self) -> None:
        leases.take_back_lost(kinds(), now=self.now)
        running = Job.objects.filter(state=JobState.RUNNING)
        assert not running.filter(lease_ends_at__lte=self.now).exists()
        assert not running.filter(lease_ends_at__gt=self.now + 2 * leases.LEASE).exists()

    @rule()
    def a_clock_that_ran_ahead_is_undone(self) -> None:
        leases.undo_clock_that_ran_ahead(kinds(), now=self.now)
        late = Job.objects.filter(state=JobState.WAITING, asked_at__gt=self.now + leases.LEASE)
        assert not late.filter(due_at__gt=self.now + leases.LEASE).exists()

    @precondition(lambda self: Job.objects.exists())
    @rule(data=st.data(), act=st.sampled_from([retry_job, set_aside_job]))
    def a_person_decides(self, data: st.DataObject, act) -> None:
        number = data.draw(st.sampled_from(sorted(Job.objects.values_list("pk", flat=True))))
        old = JobState(Job.objects.get(pk=number).state)
        try:
            act(number, by=Somebody(), now=self.now)
        except NotPossible:
            assert Job.objects.get(pk=number).state == old
        else:
            assert old in (JobState.DEAD, JobState.SET_ASIDE)

    @invariant()
    def each_job_moved_as_the_table_says(self) -> None:
        """Between two looks a worker may have taken back and taken anew: two steps."""
        for job in Job.objects.all():
            new, old = JobState(job.state), self.states.get(job.pk, JobState.WAITING)
            within_two = {old} | MOVES[old] | {s for step in MOVES[old] for s in MOVES[step]}
            assert new in within_two, (old, new)
            self.states[job.pk] = new

    @invariant()
    def no_job_is_tried_too_often(self) -> None:
        assert not Job.objects.filter(tries__gt=self.kind.tries).exists()

    @invariant()
    def nothing_is_lost(self) -> None:
        assert set(self.states) == set(Job.objects.values_list("pk", flat=True))

    def teardown(self) -> None:
        """With workers and time enough everything ends."""
        leases.undo_clock_that_ran_ahead(kinds(), now=self.now)
        for _ in range(40):
            self.now += timedelta(minutes=10)
            leases.take_back_lost(kinds(), now=self.now)
            while job := leases.take(kinds(), owner="last", now=self.now):
                assert leases.finish(job, result="", now=self.now)
        assert not Job.objects.filter(state__in=[*map(str, ACTIVE)]).exists()


@pytest.mark.django_db
def test_the_life_of_jobs():
    run_state_machine_as_test(Life, settings=settings(max_examples=30, stateful_step_count=30))
