"""What reporters were advised, chose and what came of it: added, corrected, never overwritten."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from tests.advice.house import BETWEEN_STAFF, DAY, TEACHER_AND_PUPIL
from vertrouwd.advice.conditions import Demand
from vertrouwd.advice.entries import take_back
from vertrouwd.advice.models import Advice, AssistStep, Confirmation, Referral, Result
from vertrouwd.advice.reading import done_for, reporters_of, reports_of, words_of
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.actions import join, separate, undo
from vertrouwd.dossiers.casework_terms import Condition, JoinReason
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import Answer
from vertrouwd.sealing.models import SealedText

WORDS = "Moeder praat eerst met de juf van haar zoon Bram."
LAW = Demand("WPO 4a", verified=True)
CONTACT, SHARE = "contact met de instelling", "gegevens doorgeven"
P = pytest.mark.parametrize


def lines(action: str) -> list[dict]:
    return list(Line.objects.filter(action=action).values_list("detail", flat=True))


# Advice and choice


def test_what_was_advised_is_kept_and_its_words_are_sealed(house):
    report = house.called()
    given = house.advise(
        report, "klacht bij het bestuur", "gesprek op school",
        bodies_named=["ouders-en-onderwijs"], words=WORDS,
    )  # fmt: skip
    assert given.options == ["gesprek op school", "klacht bij het bestuur"]
    assert words_of([report], opened=house.opened) == {(report.pk, given.field): WORDS}
    assert not any(b"Bram" in bytes(row.ciphertext) for row in SealedText.objects.all())
    assert lines("give_advice") == [
        {
            "options": ["talk_at_school", "complaint_to_board"],
            "bodies": ["ouders-en-onderwijs"],
            "row": given.pk,
        }
    ]
    assert "Bram" not in str(list(Line.objects.values()))


def test_a_form_that_is_sent_twice_is_one_row_and_other_words_are_another(house):
    report = house.called()
    first = house.advise(report, words=WORDS)
    assert house.advise(report, words=WORDS) == first
    assert house.advise(report, words="Iets anders.") != first
    last = Advice.objects.latest("pk").pk
    assert house.advise(report, words=WORDS, after=last) != first  # on purpose, from a new page
    assert Advice.objects.count() == 3


@P("options", [[], ["iets"], ["gesprek op school", "iets"]])
def test_what_is_no_option_is_refused(house, options):
    with pytest.raises(Refused):
        house.advise(house.called(), *(options or [""]))
    with pytest.raises(Refused):
        house.advise(house.called(), bodies_named=["de-buurman"])
    assert not Advice.objects.exists()


def test_a_correction_takes_the_place_of_a_row_and_both_stay(house):
    report = house.called()
    first = house.advise(report, "gesprek op school")
    second = house.advise(report, "nu niets doen", corrects=first)
    assert done_for([report]).advice == [second]
    assert Advice.objects.count() == 2
    with pytest.raises(Refused):
        house.advise(report, "hulpinstantie", corrects=first)  # a colleague did so before


def test_what_was_a_mistake_is_taken_back_and_stays_to_be_seen(house):
    report = house.called()
    given = house.advise(report)
    take_back(given, by=house.inspector)
    assert done_for([report]).advice == []
    assert Advice.objects.count() == 2
    for again in (given, Advice.objects.latest("pk")):
        with pytest.raises(Refused):
            take_back(again, by=house.inspector)
    assert lines("take_back") == [
        {"what": "advice", "row": Advice.objects.latest("pk").pk, "corrects": given.pk}
    ]


def test_a_correction_is_of_the_same_reporter(house):
    given = house.advise(house.called())
    with pytest.raises(Refused):
        house.advise(house.called(), corrects=given)


@pytest.mark.usefixtures("house")
def test_the_database_refuses_to_change_or_remove_a_row(house):
    report = house.called()
    house.advise(report)
    house.refer(report, way="melder neemt zelf contact op")
    for change in (
        lambda: Advice.objects.update(options=[]),
        lambda: Advice.objects.all().delete(),
        lambda: Referral.objects.update(consent="ja"),
        lambda: Referral.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_reporter_may_not_know_yet_and_may_choose_several(house):
    report = house.called()
    undecided = house.choose(report)
    assert undecided.options == []
    chosen = house.choose(report, "hulpinstantie", "gesprek op school", corrects=undecided)
    assert chosen.options == ["gesprek op school", "hulpinstantie"]
    assert done_for([report]).choices == [chosen]


# Referral


def test_a_reporter_who_calls_a_body_themselves_needs_no_consent(house):
    report = house.called(Condition.RECORD_ONLY)
    made = house.refer(report, way="melder neemt zelf contact op")
    assert made.consent == "onbekend"


@P("consent", [None, Answer.NO, Answer.UNKNOWN])
def test_nothing_is_passed_on_without_consent(house, consent):
    report = house.called(consent=consent)
    with pytest.raises(Refused, match="toestemming"):
        house.refer(report)
    assert not Referral.objects.exists()
    house.ask(report, SHARE, "ja")
    assert house.refer(report).consent == "ja"


def test_with_consent_it_is_passed_on_and_the_log_says_so(house):
    made = house.refer(house.called(consent=Answer.YES))
    assert made.consent == "ja"
    assert lines("refer") == [
        {"body": "slachtofferhulp", "passed_on": True, "consent": "yes", "row": made.pk}
    ]


def test_no_body_is_told_without_consent_not_even_the_police(house):
    report = house.called(consent=Answer.NO, **TEACHER_AND_PUPIL)
    with pytest.raises(Refused, match="toestemming"):
        house.refer(report, "politie")
    assert house.refer(report, "politie", way="melder neemt zelf contact op").consent == "nee"


def test_the_database_as_well_keeps_that_nothing_is_passed_on_without_consent(house):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(
            report=house.called(), at=timezone.now(), by=house.inspector, body="politie",
            way="wij geven gegevens door", consent="nee",
        )  # fmt: skip


@P("facts", [{"body": "de-buurman"}, {"way": "per duif"}])
def test_a_referral_is_to_a_body_of_the_list(house, facts):
    with pytest.raises(Refused):
        house.refer(house.called(consent=Answer.YES), **facts)


# What came of it


def test_what_came_of_a_referral_says_the_police_and_the_feedback(house):
    report = house.called(consent=Answer.YES)
    sent = house.refer(report)
    result = house.result(report, referral=sent, police="melding bij de politie", feedback_on=DAY)
    later = house.result(report, referral=sent, police="aangifte bij de politie", corrects=result)
    assert done_for([report]).results == [later]
    assert [row.police for row in Result.objects.all()] == [
        "melding bij de politie",
        "aangifte bij de politie",
    ]
    assert lines("record_result")[0] == {
        "came_of": "helped", "police": "notice", "feedback": True, "row": result.pk
    }  # fmt: skip


def test_a_result_is_of_its_own_reporter_and_of_no_day_to_come(house):
    sent = house.refer(house.called(consent=Answer.YES))
    other = house.called()
    for wrong in (
        {"referral": sent},
        {"feedback_on": timezone.localdate() + timedelta(days=1)},
        {"police": "misschien"},
        {"came_of": ""},
    ):
        with pytest.raises(Refused):
            house.result(other, **wrong)
    assert not Result.objects.exists()


# Conditions


@P("condition", [Condition.ASK_FIRST, Condition.IF_ANOTHER_REPORTS, Condition.RECORD_ONLY])
def test_the_school_is_not_contacted_against_a_condition(house, condition):
    report = house.called(condition)
    with pytest.raises(Refused):
        house.contact(report)
    assert not AssistStep.objects.exists()
    house.ask(report, CONTACT, "ja")
    assert house.contact(report).demanded_by == ""


def test_who_said_no_is_not_overruled_by_an_earlier_yes(house):
    report = house.called()
    house.ask(report, CONTACT, "ja")
    house.ask(report, CONTACT, "nee")
    with pytest.raises(Refused, match="zei nee"):
        house.contact(report)


def test_the_law_goes_before_a_condition_and_the_row_says_by_which_article(house):
    report = house.called(Condition.RECORD_ONLY, **TEACHER_AND_PUPIL)
    assert house.contact(report, demand=LAW).demanded_by == "WPO 4a"
    free = house.called(**TEACHER_AND_PUPIL)
    assert house.contact(free, demand=LAW).demanded_by == ""  # nothing stood in the way


def test_the_report_of_somebody_else_fulfils_the_condition_and_its_leaving_ends_that(house):
    report = house.called(Condition.IF_ANOTHER_REPORTS)
    other = house.called()
    with pytest.raises(Refused, match="Die melding is er nog niet"):
        house.contact(report)
    joined = join(other.dossier, into=report.dossier, by=house.inspector)
    house.contact(report)
    undo(joined, by=house.inspector)
    with pytest.raises(Refused):
        house.contact(report, on=DAY - timedelta(days=1))


def test_a_second_report_of_the_same_reporter_fulfils_nothing(house):
    report, again = house.called(Condition.IF_ANOTHER_REPORTS), house.called()
    joined = join(
        again.dossier, into=report.dossier, by=house.inspector, reason=JoinReason.SAME_REPORTER
    )
    with pytest.raises(Refused):
        house.contact(report)
    third = house.called()
    join(third.dossier, into=report.dossier, by=house.inspector, reason=JoinReason.SAME_ACCUSED)
    house.contact(report)
    undo(joined, by=house.inspector)
    own = next(r for r in reporters_of(reports_of(report.dossier)) if r.report == report)
    assert own.another_reported  # the third is still there


def test_what_was_done_for_a_reporter_goes_with_the_report(house):
    report, other = house.called(), house.called()
    given = house.advise(report, words=WORDS)
    join(report.dossier, into=other.dossier, by=house.inspector)
    both = reports_of(other.dossier)
    assert done_for(both).advice == [given]
    assert words_of(both, opened=house.opened) == {(report.pk, given.field): WORDS}
    report.refresh_from_db()
    separate(report, by=house.inspector)
    assert done_for(reports_of(other.dossier)).advice == []


# The track, and the confirmation


def test_a_complaint_is_guided_on_request_step_by_step(house):
    report = house.called()
    house.assist(
        report, "stap afgesproken", timezone.localdate() + timedelta(days=9), words="Brief maken."
    )
    for step in ("begeleiden bij een klacht", "stap gedaan", "traject beëindigd"):
        house.assist(report, step)
    assert [row.step for row in done_for([report]).steps] == [
        "stap afgesproken", "begeleiden bij een klacht", "stap gedaan", "traject beëindigd",
    ]  # fmt: skip
    assert [detail["step"] for detail in lines("assist")] == [
        "agreed", "guide_complaint", "done", "ended",
    ]  # fmt: skip
    with pytest.raises(Refused):
        house.assist(report, "stap gedaan", timezone.localdate() + timedelta(days=1))


def test_a_confirmation_holds_a_day_and_a_duty_and_no_word_of_the_case(house):
    report = house.called(**TEACHER_AND_PUPIL)
    made = house.confirm(report, duty="overlegplicht", article="WPO 4a")
    assert lines("confirm_consultation") == [
        {"on": DAY.isoformat(), "duty": "overlegplicht", "row": made.pk}
    ]
    with pytest.raises(Refused):
        house.confirm(report, on=date(2999, 1, 1))


# Between staff


def test_between_staff_there_is_advice_to_the_reporter_and_nothing_else(house):
    report = house.called(consent=Answer.YES, **BETWEEN_STAFF)
    house.advise(report, "gesprek op school")
    house.choose(report, "gesprek op school")
    for other in (
        lambda: house.contact(report, demand=LAW),
        lambda: house.assist(report, "stap afgesproken"),
        lambda: house.confirm(report),
        lambda: house.refer(report),
        lambda: house.refer(report, way="melder neemt zelf contact op"),
        lambda: house.result(report),
        lambda: house.ask(report, CONTACT, "ja"),
    ):
        with pytest.raises(Refused, match="alleen advies"):
            other()
    assert not (AssistStep.objects.exists() or Confirmation.objects.exists())
    assert not (Referral.objects.exists() or Result.objects.exists())


# The number of questions


def test_reading_asks_the_database_as_often_for_many_as_for_one(house, django_assert_num_queries):
    report = house.called(Condition.ASK_FIRST, consent=Answer.YES)
    for number in range(4):
        other = house.called(consent=Answer.YES)
        join(other.dossier, into=report.dossier, by=house.inspector)
        house.advise(other, words=f"Advies {number}.")
        house.refer(other)
    opened = house.opened
    with django_assert_num_queries(1):
        reports = reports_of(report.dossier)
    with django_assert_num_queries(4):
        reporters_of(reports)
    with django_assert_num_queries(6):
        done_for(reports)
    assert len(words_of(reports, opened=opened)) == 4
    with django_assert_num_queries(1):
        words_of(reports, opened=opened)
