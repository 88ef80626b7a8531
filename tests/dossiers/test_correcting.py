"""A coded answer that was entered wrongly is corrected: what it was stays, nothing else moves."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.at_once import at_once
from tests.dossiers.casework import Office, handlers, supervise
from tests.factories import make_institution, make_report
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.correcting import (
    FIELDS,
    Corrected,
    answers_of,
    correct_report,
    last_correction,
    take_over,
)
from vertrouwd.dossiers.counting import count, count_now
from vertrouwd.dossiers.disagreements import disagreements
from vertrouwd.dossiers.models import Correction, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.schools.years import SchoolYear
from vertrouwd.sealing.models import SealedText

WRONGLY = "verkeerd genoteerd"


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def corrected(report, *, by, seen=None, reason=WRONGLY, now=None, **answers):
    seen = last_correction(report) if seen is None else seen
    return correct_report(report, answers=answers, reason=reason, seen=seen, by=by, now=now)


def test_what_it_was_stays_to_be_read_with_who_when_and_why(office):
    report = make_report(affected_age=10)
    now = timezone.now()
    rows = corrected(report, by=office.inspector, affected_age=12, place="online", now=now)
    report.refresh_from_db()
    assert (report.affected_age, report.place) == (12, "online")
    assert {(each.field, each.before, each.after) for each in rows} == {
        ("affected_age", "10", "12"),
        ("place", "op school", "online"),
    }
    assert {(each.by, each.at, each.reason) for each in rows} == {(office.inspector, now, WRONGLY)}
    line = Line.objects.get(action="correct_report")
    assert (line.kind, line.object) == ("report", report.reference)


def test_corrected_back_is_one_more_row_and_the_rows_are_never_changed(office):
    report = make_report(affected_age=10)
    corrected(report, by=office.inspector, affected_age=12)
    corrected(report, by=office.inspector, affected_age=10, reason="eerdere verbetering onjuist")
    report.refresh_from_db()
    assert report.affected_age == 10
    assert Correction.objects.count() == 2
    for statement in (
        "UPDATE dossiers_correction SET before = ''",
        "DELETE FROM dossiers_correction",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_of_two_who_correct_at_once_the_second_sees_what_changed_and_nothing_is_stored(office):
    report = make_report(affected_age=10, place="op school")
    corrected(report, by=office.coordinator, place="online")
    with pytest.raises(Corrected) as told:
        corrected(report, by=office.inspector, seen=0, place="op school", affected_age=12)
    assert [(each.field, each.by) for each in told.value.since] == [("place", office.coordinator)]
    report.refresh_from_db()
    assert (report.affected_age, report.place) == (10, "online")


def test_sending_a_form_twice_corrects_once(office):
    report = make_report(affected_age=10)
    for _ in range(2):
        corrected(report, by=office.inspector, seen=0, affected_age=12)
    assert Correction.objects.count() == 1


def test_every_coded_answer_can_be_corrected_and_none_of_what_is_sealed():
    never = {
        "id", "record", "mailbox", "dossier", "external_id", "row_digest", "recorded_at",
        "institution_as_given", "is_invented",
    }  # fmt: skip
    fields = {field.name for field in Report._meta.get_fields() if field.concrete}
    assert set(FIELDS) == fields - never


def test_a_correction_touches_no_sealed_text_and_codes_no_dossier(office):
    dossier = office.dossier(category="fysiek geweld", subcategory="")
    report = dossier.reports.get()
    texts = list(SealedText.objects.values())
    corrected(report, by=office.inspector, category="discriminatie", subcategory="geloof")
    assert list(SealedText.objects.values()) == texts
    dossier.refresh_from_db()
    assert dossier.category == "fysiek geweld"
    assert [each.dossier for each in disagreements()] == [
        dossier.pk
    ]  # freezing asks for a decision


def test_a_count_of_before_the_correction_stays_what_it_was(office):
    report = make_report(received_on=date(2023, 7, 31))
    before = timezone.now()
    year, next_year = SchoolYear(2022), SchoolYear(2023)
    assert (count(year), count(next_year)) == (1, 0)
    later = before + timedelta(seconds=1)
    corrected(report, by=office.inspector, received_on=date(2023, 8, 1), now=later)
    assert (count_now(year), count_now(next_year)) == (0, 1)
    assert (count(year), count(next_year)) == (0, 1)
    assert (count(year, as_of=before), count(next_year, as_of=before)) == (1, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "roddel"},
        {"category": "discriminatie", "subcategory": "pesten"},
        {"sector": "kinderopvang"},  # without a kind of childcare
        {"setting": "bso"},
        {"affected_age": 121},
        {"received_on": None},
        {"received_on": date(2999, 1, 1)},
        {"happened_from": date(2023, 4, 15), "happened_until": date(2023, 4, 14)},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_what_cannot_be_is_refused(office, wrong):
    report = make_report()
    with pytest.raises(Refused):
        corrected(report, by=office.inspector, **wrong)
    assert not Correction.objects.exists()


def test_without_a_reason_of_the_list_or_without_a_change_nothing_is_corrected(office):
    report = make_report(affected_age=10)
    for reason in ("omdat het moet", "overgenomen van de melding", ""):
        with pytest.raises(Refused):
            corrected(report, by=office.inspector, affected_age=12, reason=reason)
    with pytest.raises(Refused):
        corrected(report, by=office.inspector, **answers_of(report))


def test_a_school_that_was_not_recognised_is_found_and_the_dossier_takes_it_over(office):
    dossier = office.dossier(institution_as_given="de Regenboog bij de kerk")
    report, school = dossier.reports.get(), make_institution()
    corrected(report, by=office.inspector, institution=school, reason="instelling herkend")
    dossier.refresh_from_db()
    assert dossier.institution is None
    row = take_over(dossier, of=report, field="institution", by=office.inspector)
    dossier.refresh_from_db()
    assert dossier.institution == school
    assert (row.before, row.after) == ("", str(school.pk))
    assert take_over(dossier, of=report, field="institution", by=office.inspector) is None
    report.refresh_from_db()
    assert report.institution_as_given == "de Regenboog bij de kerk"


def test_a_dossier_takes_over_nothing_of_a_report_elsewhere_and_no_other_answer(office):
    dossier, other = office.dossier(), office.dossier(institution=make_institution())
    for of, field in ((other.reports.get(), "institution"), (dossier.reports.get(), "status")):
        with pytest.raises(Refused):
            take_over(dossier, of=of, field=field, by=office.inspector)


def test_who_supervises_the_school_that_it_turns_out_to_be_handles_the_dossier_no_longer(office):
    school, colleague = make_institution(), office.colleague()
    supervise(colleague, school)
    dossier = office.dossier(office.inspector, colleague)
    corrected(dossier.reports.get(), by=office.inspector, institution=school)
    assert handlers(dossier) == {office.inspector}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_at_the_same_moment_one_is_told(home):
    office = Office()
    for _ in range(5):
        report = make_report(affected_age=10, place="op school")
        results = at_once(
            lambda r=report, o=office: corrected(r, by=o.inspector, seen=0, affected_age=12),
            lambda r=report, o=office: corrected(r, by=o.coordinator, seen=0, place="online"),
        )
        assert [type(each) for each in results if isinstance(each, Exception)] == [Corrected]
        report.refresh_from_db()
        assert (report.affected_age, report.place) in [(12, "op school"), (10, "online")]
        assert report.corrections.count() == 1
