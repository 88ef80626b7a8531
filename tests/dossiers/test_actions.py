"""Acts on reports and dossiers: what the database holds is what the ledger says, always."""

from contextlib import suppress
from datetime import date
from random import Random

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_dossier, make_institution, make_report, report
from vertrouwd.accounts.models import User
from vertrouwd.audit.models import Line
from vertrouwd.dossiers import actions
from vertrouwd.dossiers.counting import dossiers_as_of
from vertrouwd.dossiers.models import Coding, Dossier, LedgerEvent, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import LedgerKind


def stored() -> dict[int, int]:
    """Report -> dossier, as the rows say."""
    return dict(Report.objects.values_list("pk", "dossier"))


def folded() -> dict[int, int]:
    """Report -> dossier, as all events of the ledger say."""
    return {r: dossier for dossier, reports in dossiers_as_of().items() for r in reports}


def test_a_report_opens_its_own_dossier_with_its_coding(actor) -> None:
    school = make_institution()
    told = make_report(institution=school, category="discriminatie", subcategory="geloof")
    dossier = told.dossier
    assert (dossier.category, dossier.subcategory, dossier.sector) == (
        "discriminatie", "geloof", "po",
    )  # fmt: skip
    assert dossier.institution == school
    [event] = LedgerEvent.objects.all()
    assert (event.kind, event.report, event.dossier, event.source) == (
        LedgerKind.JOINED, told, dossier, None,
    )  # fmt: skip


def test_reports_can_be_received_into_one_dossier_that_opens_with_the_first(actor) -> None:
    first, second, third = report(), report(category="fysiek geweld", subcategory=""), report()
    shared = actions.dossier_for(first, at=make_report().recorded_at)
    actions.receive_reports([first, second, third], by=actor, into=[shared, shared, None])
    assert first.dossier == second.dossier == shared
    assert third.dossier != shared
    assert shared.category == "psychisch geweld"
    assert stored() == folded()


def test_what_is_stored_at_once_is_what_is_stored_one_by_one(actor) -> None:
    facts = {"received_on": date(2020, 2, 29), "accused_age": None, "happened_until": None}
    one = make_report(**facts)
    [other] = actions.receive_reports([report(**facts)], by=actor, now=one.recorded_at)
    fields = [f.name for f in Report._meta.fields if f.name not in ("id", "dossier", "record")]
    assert one.record != other.record
    values = Report.objects.values_list(*fields)
    assert values.get(pk=one.pk) == values.get(pk=other.pk)
    other.channel = "brief"
    other.save()
    assert Report.objects.count() == 2
    assert make_report().pk > other.pk


def test_an_impossible_report_is_refused_by_the_database(actor) -> None:
    for facts in (
        {"affected_age": 140},
        {"happened_from": date(2023, 4, 14), "happened_until": date(2023, 4, 3)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.receive_reports([report(**facts)], by=actor)
    assert not Report.objects.exists()
    assert not Dossier.objects.exists()


def test_a_report_is_stored_once_under_its_number(actor) -> None:
    make_report(external_id="7")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(external_id="7")


def test_joining_moves_all_reports_in_one_event_and_never_recodes(actor) -> None:
    source, into = make_dossier(category="fysiek geweld", subcategory=""), make_dossier()
    third = make_dossier()
    actions.join(third, into=source, by=actor)
    event = actions.join(source, into=into, by=actor, reason="zelfde zaak")
    assert into.reports.count() == 3
    assert not source.reports.exists()
    into.refresh_from_db()
    assert into.category == "psychisch geweld"
    assert LedgerEvent.objects.filter(report__isnull=True).count() == 2
    line = Line.objects.filter(action="join").last()
    assert (line.object, line.detail) == (
        source.reference, {"event": event.pk, "with": into.pk},
    )  # fmt: skip


def test_a_dossier_cannot_be_joined_with_itself_or_when_it_is_empty(actor) -> None:
    one, two, three = make_dossier(), make_dossier(), make_dossier()
    with pytest.raises(Refused, match="with itself"):
        actions.join(one, into=one, by=actor)
    actions.join(one, into=two, by=actor)
    with pytest.raises(Refused, match="holds no reports"):
        actions.join(one, into=three, by=actor)
    with pytest.raises(Refused, match="holds no reports"):
        actions.join(three, into=one, by=actor)


def test_separating_opens_a_dossier_with_the_coding_of_the_report(actor) -> None:
    other = make_report(category="fysiek geweld", subcategory="mishandeling")
    into = make_dossier()
    actions.join(other.dossier, into=into, by=actor)
    event = actions.separate(other, by=actor)  # this copy does not know of the join
    assert event.source == into
    fresh = event.dossier
    assert fresh is not None
    assert fresh.category == "fysiek geweld"
    assert list(fresh.reports.all()) == [other]
    assert stored() == folded()


def test_the_only_report_of_a_dossier_cannot_be_separated(actor) -> None:
    with pytest.raises(Refused, match="only report"):
        actions.separate(make_report(), by=actor)


def test_an_act_is_undone_once_and_an_intake_never(actor) -> None:
    one, two = make_dossier(), make_dossier()
    event = actions.join(one, into=two, by=actor)
    undo = actions.undo(event, by=actor)
    with pytest.raises(Refused, match="undone before"):
        actions.undo(event, by=actor)
    actions.undo(undo, by=actor)
    assert two.reports.count() == 2
    with pytest.raises(Refused, match="intake"):
        actions.undo(LedgerEvent.objects.order_by("pk").first(), by=actor)
    last = Line.objects.filter(action="undo").last()
    assert (last.object, last.detail["with"]) == (one.reference, two.pk)


def test_keeping_apart_is_remembered_and_moves_nothing(actor) -> None:
    one, two = make_dossier(), make_dossier()
    before = stored()
    actions.keep_apart(one, two, by=actor)
    assert stored() == before == folded()
    with pytest.raises(Refused, match="is one dossier"):
        actions.keep_apart(one, one, by=actor)


def test_an_act_that_fails_leaves_no_event_and_no_line(actor) -> None:
    one, two = make_dossier(), make_dossier()
    lines = Line.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.join(one, into=two, by=actor)
        raise RuntimeError
    assert Line.objects.count() == lines
    assert one.reports.count() == 1


@pytest.mark.parametrize("model", [LedgerEvent, Coding])
def test_the_database_refuses_to_change_or_remove_what_was_decided(actor, model) -> None:
    dossier = make_dossier()
    actions.code_dossier(
        dossier, category="overig", subcategory="", sector="vo", by=actor,
        reason="meer bekend geworden",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        model.objects.update(reason="anders")
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)
    assert model.objects.exists()


def test_a_report_without_a_dossier_cannot_exist(db) -> None:
    told = make_report()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=told.pk).update(dossier=None)


def test_a_coding_changes_by_an_act_that_keeps_what_it_was(actor) -> None:
    dossier = make_dossier()
    coding = actions.code_dossier(
        dossier, category="fysiek geweld", subcategory="mishandeling", sector="kinderopvang",
        by=actor, reason="eerste codering onjuist",
    )  # fmt: skip
    assert (coding.category_before, coding.subcategory_before, coding.sector_before) == (
        "psychisch geweld", "pesten", "po",
    )  # fmt: skip
    dossier.refresh_from_db()
    assert (dossier.category, dossier.subcategory) == ("fysiek geweld", "mishandeling")
    assert (dossier.sector, dossier.setting) == ("kinderopvang", "onbekend")


@pytest.mark.parametrize(
    "change",
    [
        {"category": "lawaai"},
        {"subcategory": "mishandeling"},
        {"sector": "x"},
        {"reason": "zomaar"},
    ],
)
def test_a_coding_outside_the_code_lists_is_refused(actor, change: dict[str, str]) -> None:
    facts = {
        "category": "psychisch geweld", "subcategory": "", "sector": "po",
        "reason": "meldingen verschillen",
    }  # fmt: skip
    with pytest.raises(Refused):
        actions.code_dossier(make_dossier(), by=actor, **facts | change)


# Any sequence of acts

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["join", "separate", "undo", "keep_apart", "receive"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=12,
)


def act(kind: str, first: int, second: int, *, by: User) -> LedgerEvent | None:
    """Try one act on the first-th and second-th dossier, report or event; None when refused."""
    dossiers = list(Dossier.objects.order_by("pk"))
    one, two = dossiers[first % len(dossiers)], dossiers[second % len(dossiers)]
    reports = list(Report.objects.order_by("pk"))
    events = list(LedgerEvent.objects.filter(source__isnull=False)) + list(
        LedgerEvent.objects.filter(kind=LedgerKind.UNDONE)
    )
    try:
        if kind == "join":
            return actions.join(one, into=two, by=by)
        if kind == "separate":
            return actions.separate(reports[first % len(reports)], by=by)
        if kind == "undo" and events:
            return actions.undo(events[first % len(events)], by=by)
        if kind == "keep_apart":
            return actions.keep_apart(one, two, by=by)
        if kind == "receive":
            actions.receive_reports([report()], by=by, into=[one])
    except Refused:
        pass
    return None


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=ACTS, last=st.sampled_from(["join", "separate"]), where=st.integers(0, 30))
def test_after_any_sequence_of_acts_the_rows_say_what_the_ledger_says(
    actor, sequence, last: str, where: int
) -> None:
    with transaction.atomic():
        for _ in range(4):
            make_report()
        for kind, first, second in sequence:
            act(kind, first, second, by=actor)
            assert stored() == folded()
        before = stored()
        if event := act(last, where, where + 1, by=actor):
            after = stored()
            undo = actions.undo(event, by=actor)
            assert stored() == before == folded()
            actions.undo(undo, by=actor)
            assert stored() == after == folded()
        transaction.set_rollback(True)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_people_who_join_separate_and_undo_at_once_never_block_each_other_for_ever() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from vertrouwd.accounts.models import system_actor

    by = system_actor()
    dossiers = [make_dossier() for _ in range(8)]
    reports = list(Report.objects.all())

    def work(seed: int) -> None:
        chance = Random(seed)
        try:
            for _ in range(25):
                one, other = chance.sample(dossiers, 2)
                acts = (
                    lambda one=one, other=other: actions.join(one, into=other, by=by),
                    lambda: actions.separate(chance.choice(reports), by=by),
                    lambda one=one, other=other: actions.keep_apart(one, other, by=by),
                    lambda: actions.undo(chance.choice(list(LedgerEvent.objects.all())), by=by),
                )
                with suppress(Refused):
                    chance.choice(acts)()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as people:
        list(people.map(work, range(6)))  # a deadlock would be raised here
    assert stored() == folded()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_who_join_the_same_dossiers_crosswise_wait_for_each_other() -> None:
    from threading import Barrier, Thread

    from vertrouwd.accounts.models import system_actor

    by = system_actor()
    one, two = make_dossier(), make_dossier()
    start, refused = Barrier(2), []

    def join(source: Dossier, into: Dossier) -> None:
        try:
            start.wait()
            actions.join(source, into=into, by=by)
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=join, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert stored() == folded()
    assert len(set(stored().values())) == 1
