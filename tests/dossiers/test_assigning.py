"""Assigning, the duty rota, and breaking the glass: who decides what, and what stays of it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from tests.at_once import at_once
from tests.factories import make_dossier, make_institution
from tests.people import make_user
from tests.teams import Team
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.audit.refusals import written_after
from vertrouwd.dossiers.access import access_dossier, glass_to_review
from vertrouwd.dossiers.assigning import (
    assign,
    break_glass,
    end_assignment,
    reason_of,
    review_glass,
)
from vertrouwd.dossiers.models import Assignment, DutyDay, GlassBreak
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.dossiers.terms import GlassGround, Judgement
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.destroying import destroy
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=timezone.get_default_timezone())
REASON = "Moeder belt: er gebeurt nu iets bij de kantine."


@pytest.fixture
def inspector(db):
    return make_user("inspecteur", roles=[Role.INSPECTOR])


@pytest.fixture
def coordinator(db):
    return make_user("coordinator", roles=[Role.COORDINATOR])


@pytest.fixture
def team(home, coordinator):
    return Team(coordinator)


def break_it(dossier, by, now=NOW, reason=REASON):
    return break_glass(dossier.reference, ground=GlassGround.DANGER, reason=reason, by=by, now=now)


def test_a_broken_glass_is_open_for_three_hours(team, inspector):
    dossier = make_dossier()
    break_it(dossier, inspector)
    assert access_dossier(dossier.reference, by=inspector, now=NOW) == dossier
    last = NOW + timedelta(hours=3) - timedelta(seconds=1)
    assert access_dossier(dossier.reference, by=inspector, now=last) == dossier
    assert Line.objects.latest("pk").detail == {"through": "glass"}
    with pytest.raises(Http404):
        access_dossier(dossier.reference, by=inspector, now=NOW + timedelta(hours=3))


def test_the_reason_is_sealed_and_no_word_of_it_is_in_the_log(team, inspector, coordinator):
    broken = break_it(make_dossier(), inspector)
    assert reason_of(broken, opened=team.opened(coordinator)) == REASON
    assert b"kantine" not in bytes(SealedText.objects.get().ciphertext)
    assert "kantine" not in str(list(Line.objects.values()))
    line = Line.objects.get(action="break_glass")
    assert line.detail == {"glass": broken.pk, "ground": "danger"}


def test_the_glass_of_a_supervised_school_cannot_be_broken_and_is_as_missing(team, inspector):
    school = make_institution()
    dossier = make_dossier(institution=school)
    record_supervision(inspector, institution=school, since=NOW.date(), by=system_actor())
    for reference in (dossier.reference, "D-9999999", "Jan"):
        with written_after(), pytest.raises(Http404):
            break_glass(reference, ground=GlassGround.DANGER, reason=REASON, by=inspector, now=NOW)
    assert not GlassBreak.objects.exists()
    assert Line.objects.filter(action="break_glass", result="refused").count() == 3


def test_without_a_reason_the_glass_stays_whole(team, inspector):
    with pytest.raises(Refused):
        break_it(make_dossier(), inspector, reason=" \n")
    assert not GlassBreak.objects.exists()


def test_without_a_team_the_glass_stays_whole_because_the_reason_cannot_be_sealed(home, inspector):
    with pytest.raises(Refused, match="sleutel van het team"):
        break_it(make_dossier(), inspector)
    assert not GlassBreak.objects.exists()


def test_glass_is_not_broken_for_what_is_open_already(team, inspector, coordinator):
    dossier = make_dossier()
    assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    with pytest.raises(Refused, match="al openen"):
        break_it(dossier, inspector)


def test_a_second_person_judges_it_never_oneself(team, inspector, coordinator):
    dossier = make_dossier()
    own, other = break_it(dossier, coordinator), break_it(dossier, inspector)
    assert list(glass_to_review(coordinator, now=NOW)) == [other]
    assert not glass_to_review(inspector, now=NOW).exists()
    for number, person in ((own.pk, coordinator), (other.pk, inspector), (999, coordinator)):
        with pytest.raises(Http404):
            review_glass(number, judgement=Judgement.RIGHTLY, by=person, now=NOW)
    judged = review_glass(other.pk, judgement=Judgement.WRONGLY, by=coordinator, now=NOW)
    assert (judged.judgement, judged.reviewed_by) == ("niet terecht", coordinator)
    assert not glass_to_review(coordinator, now=NOW).exists()


def test_who_supervises_the_school_does_not_see_that_its_glass_was_broken(
    team, inspector, coordinator
):
    school = make_institution()
    broken = break_it(make_dossier(institution=school), inspector)
    record_supervision(coordinator, institution=school, since=NOW.date(), by=system_actor())
    assert not glass_to_review(coordinator, now=NOW).exists()
    with pytest.raises(Http404):
        review_glass(broken.pk, judgement=Judgement.RIGHTLY, by=coordinator, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reviewed_at": NOW},
        {"judgement": "terecht"},
        {"ends_at": NOW - timedelta(hours=1)},
        {"reviewed_at": NOW, "judgement": "terecht", "reviewed_by": "oneself"},
    ],
)
def test_the_database_keeps_what_belongs_together(inspector, wrong):
    if wrong.get("reviewed_by"):
        wrong = wrong | {"reviewed_by": inspector}
    facts = {"ground": "anders", "opened_at": NOW, "ends_at": NOW + timedelta(hours=3)} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        GlassBreak.objects.create(dossier=make_dossier(), user=inspector, **facts)


def test_a_dossier_is_assigned_once_and_again_after_it_ended(inspector, coordinator):
    dossier = make_dossier()
    assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    with pytest.raises(Refused, match="al"):
        assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    end_assignment(dossier.reference, of=inspector, by=coordinator, now=NOW)
    with pytest.raises(Refused, match="niet"):
        end_assignment(dossier.reference, of=inspector, by=coordinator, now=NOW)
    assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    assert Assignment.objects.count() == 2


def test_no_dossier_goes_to_who_handles_none_or_has_a_conflict_of_interest(inspector, coordinator):
    school = make_institution()
    dossier = make_dossier(institution=school)
    with pytest.raises(Refused, match="behandelt geen dossiers"):
        assign(dossier.reference, to=make_user(roles=[Role.ANALYST]), by=coordinator, now=NOW)
    record_supervision(inspector, institution=school, since=NOW.date(), by=system_actor())
    with pytest.raises(Refused, match="belang"):
        assign(dossier.reference, to=inspector, by=coordinator, now=NOW)


def test_who_does_not_divide_the_work_assigns_nothing_to_oneself(inspector):
    dossier = make_dossier()
    with pytest.raises(Http404):
        assign(dossier.reference, to=inspector, by=inspector, now=NOW)
    assert not Assignment.objects.exists()


def test_the_rota_of_a_day_replaces_the_one_before_and_the_past_stays(inspector, coordinator):
    tomorrow = date(2026, 11, 26)
    set_duty(tomorrow, people=[inspector], by=coordinator, now=NOW)
    set_duty(tomorrow, people=[coordinator], by=coordinator, now=NOW)
    assert [d.user for d in DutyDay.objects.all()] == [coordinator]
    with pytest.raises(Refused, match="voorbij"):
        set_duty(date(2026, 11, 24), people=[], by=coordinator, now=NOW)
    with pytest.raises(Refused):
        set_duty(tomorrow, people=[make_user(roles=[Role.PUBLISHER])], by=coordinator, now=NOW)
    assert Line.objects.filter(action="set_duty").count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_four_who_judge_the_same_glass_at_once_one_judges():
    from threading import Barrier, Thread

    judges = [make_user(roles=[Role.COORDINATOR]) for _ in range(4)]
    breaker = make_user(roles=[Role.INSPECTOR])
    for _ in range(5):
        broken = GlassBreak.objects.create(
            dossier=make_dossier(), user=breaker, ground="anders",
            opened_at=NOW, ends_at=NOW + timedelta(hours=3),
        )  # fmt: skip
        start, judged = Barrier(4), []

        def judge(person, number=broken.pk, start=start, judged=judged):
            try:
                start.wait()
                review_glass(number, judgement=Judgement.RIGHTLY, by=person, now=NOW)
                judged.append(person)
            except Http404:
                pass
            finally:
                connection.close()

        threads = [Thread(target=judge, args=[person]) for person in judges]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        broken.refresh_from_db()
        assert judged == [broken.reviewed_by]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_three_who_assign_the_same_dossier_at_once_two_hear_that_it_was_done():
    coordinator, to = make_user(roles=[Role.COORDINATOR]), make_user(roles=[Role.INSPECTOR])
    for _ in range(6):
        reference = make_dossier().reference
        results = at_once(*[lambda r=reference: assign(r, to=to, by=coordinator)] * 3)
        assert sorted(type(r).__name__ for r in results) == ["Assignment", "Refused", "Refused"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_three_clicks_break_the_glass_once(home):
    person = make_user(roles=[Role.INSPECTOR])
    opened = Team(person).opened(person)
    for _ in range(6):
        reference = make_dossier().reference

        def act(reference=reference):
            ground = GlassGround.DANGER
            return break_glass(reference, ground=ground, reason="x", by=person, opened=opened)

        results = at_once(act, act, act)
        broken = [r for r in results if isinstance(r, GlassBreak)]
        assert (len(broken), sum(isinstance(r, Refused) for r in results)) == (1, 2), results


def test_of_a_dossier_whose_texts_were_destroyed_no_glass_is_broken(inspector, home):
    opened = Team(inspector).opened(inspector)
    dossier = make_dossier()
    seal_texts(dossier.record, Purpose.DOSSIER, {"plan": "iets"}, by=system_actor())
    destroy(dossier.record, Purpose.DOSSIER, by=system_actor())
    with pytest.raises(Refused, match="vernietigd"):
        break_glass(
            dossier.reference, ground=GlassGround.DANGER, reason=REASON, by=inspector, opened=opened
        )
    assert not GlassBreak.objects.exists()
