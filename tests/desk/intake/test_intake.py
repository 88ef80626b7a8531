"""A phone call on one page: kept while it lasts, handed in once, and nothing typed is lost."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.http import QueryDict
from django.utils import timezone

from tests.desk.intake.a_call import ANSWERS, STORY, call_on, hand_in, keep, sheet_in
from tests.dossiers.casework import handle
from tests.factories import make_dossier, make_institution
from tests.people import make_user
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.desk.intake.forms import CallForm
from vertrouwd.dossiers.casework_terms import ConsentUse, TaskKind, Wish
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.models import Assignment, DutyDay, Report, Task
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.dossiers.tasks import add_task
from vertrouwd.duties.models import DutyAssessment
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.terms import Purpose

# Handing in


def test_a_call_becomes_a_report_with_its_dossier_and_the_duties_of_what_is_known(ine, team):
    client, user = ine
    answer = hand_in(client, call_on(client, accused_party="met taken belast persoon"))
    report = Report.objects.get()
    assert report.reference in answer.content.decode()
    assert (report.category, report.subcategory) == ("psychisch geweld", "bedreiging")
    assert (report.sector, report.institution, report.channel) == (
        "niet bekendgemaakt", None, "telefoon",
    )  # fmt: skip
    assert {each.wish for each in report.wishes.all()} == {Wish.ADVICE, Wish.RECORD}
    assert dict(report.consents.values_list("use", "given")) == {
        ConsentUse.CALL_BACK: "ja", ConsentUse.NAME_TO_BOARD: "nee",
    }  # fmt: skip
    opened = team.opened(user)
    assert opened.texts(report.record, Purpose.THREAD) == {"narrative": STORY}
    assert opened.texts(report.record, Purpose.IDENTITY) == {
        "reporter_name": "Mevrouw De Boer", "reporter_contact": "06 12345678",
    }  # fmt: skip
    assert DutyAssessment.objects.get().dossier == report.dossier
    assert client.get(f"/dossiers/{report.dossier.reference}").status_code == 200


@pytest.mark.parametrize(
    ("moment", "wrong"),
    [
        (("2027-03-28", "02:30", "03:10"), "safe_until"),  # that night the clock is set forward
        (("2027-03-28", "01:30", "03:10"), None),
        (("2027-10-31", "01:30", "02:45"), None),
        (("9999-12-31", "09:00", "10:00"), "safe_day"),
    ],
)
def test_a_safe_moment_ends_after_it_begins_also_in_the_night_the_clock_is_changed(moment, wrong):
    data = QueryDict(mutable=True)
    data.update(dict(zip(("safe_day", "safe_from", "safe_until"), moment, strict=True)))
    with time_machine.travel("2026-11-28T12:00:00+01:00", tick=False):
        errors = CallForm(data, colleagues=[]).errors
    assert [name for name in errors if name.startswith("safe_")] == ([wrong] if wrong else [])


def test_the_dossier_says_when_it_is_safe_to_call_back_by_the_clock_of_who_noted_it(ine):
    client, _ = ine
    day = timezone.localdate() + timedelta(days=1)
    hand_in(client, call_on(client, safe_day=day, safe_from="09:00", safe_until="10:30"))
    dossier = Report.objects.get().dossier
    assert "09:00 – 10:30" in client.get(f"/dossiers/{dossier.reference}").content.decode()


def test_a_task_to_call_back_says_the_safe_hours_of_each_reporter_of_that_day(ine):
    client, user = ine
    day = timezone.localdate() + timedelta(days=1)
    for start, end in (("09:00", "10:30"), ("13:00", "14:00")):
        hand_in(client, call_on(client, safe_day=day, safe_from=start, safe_until=end))
    one, two = Report.objects.order_by("pk")
    page = client.get(f"/dossiers/{one.dossier.reference}").content.decode()
    assert ", veilig tussen 09:00 en 10:30 uur" in page
    assert "13:00" not in page
    add_task(one.dossier, kind=TaskKind.WRITE, due_on=day, by=user)
    join_dossiers(one.dossier, into=two.dossier, reason="anders", by=user)
    page = client.get(f"/dossiers/{two.dossier.reference}").content.decode()
    hours = f"{one.reference}: veilig tussen 09:00 en 10:30 uur; "
    hours += f"{two.reference}: veilig tussen 13:00 en 14:00 uur"
    assert page.count(hours) == 2


def test_the_dossier_says_that_a_reporter_stays_anonymous_and_that_there_was_danger(ine):
    client, _ = ine
    hand_in(client, call_on(client, anonymous="ja", reporter_name="", is_acute="on"))
    hand_in(client, call_on(client))
    words = ("zeg aan niemand wie dit meldde", "er was gevaar tijdens het gesprek")
    pages = [
        client.get(f"/dossiers/{report.dossier.reference}").content.decode()
        for report in Report.objects.order_by("pk")
    ]
    assert all(word in pages[0] and word not in pages[1] for word in words)


def test_who_has_not_unlocked_notes_a_call_as_well(inspector, team):
    client, user = inspector
    assert hand_in(client, call_on(client)).status_code == 200
    report = Report.objects.get()
    assert team.opened(user).texts(report.record, Purpose.THREAD) == {"narrative": STORY}


def test_what_lacks_or_cannot_be_is_said_and_nothing_typed_is_lost(ine):
    client, _ = ine
    wrong = call_on(
        client, category="", institution="", affected_age="900", anonymous="ja",
        happened_from="2031-01-01", safe_day="2026-01-01", known_by=["niemand", "personeel"],
    )  # fmt: skip
    answer = hand_in(client, wrong)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="error-summary"' in text
    assert {"category", "institution", "affected_age", "reporter_name", "happened_from",
            "safe_day", "known_by"} == answer.context["form"].errors.keys()  # fmt: skip
    summary = text.split('class="error-summary"')[1].split("</div>")[0]
    assert all(
        error in summary for errors in answer.context["form"].errors.values() for error in errors
    )
    assert STORY in text
    assert "Mevrouw De Boer" in text
    assert not Report.objects.exists()
    assert hand_in(client, sheet_in(answer) | ANSWERS).status_code == 200


def test_a_subcategory_of_another_category_is_refused(ine):
    client, _ = ine
    answer = hand_in(client, call_on(client, subcategory="fysiek geweld: wapens"))
    assert list(answer.context["form"].errors) == ["subcategory"]


def test_sending_the_form_twice_makes_one_report_and_shows_the_same_code(ine):
    client, _ = ine
    sent = call_on(client, wants_code="on")
    first, again = hand_in(client, sent), hand_in(client, sent)
    group = re.compile(r'<li><span class="spoken">(\w{4})</span>')
    codes = [group.findall(each.content.decode()) for each in (first, again)]
    assert len(codes[0]) == 4
    assert codes[0] == codes[1]
    assert "al vastgelegd" in again.content.decode()
    assert "al vastgelegd" not in first.content.decode()
    assert Report.objects.count() == 1


def test_each_group_of_the_code_is_said_by_the_spelling_alphabet(ine):
    client, _ = ine
    page = hand_in(client, call_on(client, wants_code="on")).content.decode()
    said = re.findall(r'">(\w{4})</span><span class="hint" lang="nl">([^<]*)</span></li>', page)
    assert len(said) == 4
    for group, words in said:
        assert "".join(word[0] for word in words.split()) == group


def test_after_the_back_button_a_fresh_page_is_another_call(ine):
    client, _ = ine
    hand_in(client, call_on(client))
    hand_in(client, call_on(client))
    assert Report.objects.count() == 2


def test_a_story_of_100_000_signs_in_any_script_is_kept_and_one_more_is_refused(ine, team):
    client, user = ine
    story = ("🧑‍🦽 قال لي: «شالوم» " * 10_000)[:99_999] + "."
    assert len(story) == 100_000
    sent = call_on(client, narrative=story)
    assert keep(client, sent).json()["state"] == "kept"
    answer = hand_in(client, sent, narrative=story + "!")
    assert list(answer.context["form"].errors) == ["narrative"]
    assert "100001" in answer.content.decode().replace(".", "")
    assert hand_in(client, sent).status_code == 200
    texts = team.opened(user).texts(Report.objects.get().record, Purpose.THREAD)
    assert texts == {"narrative": story}


def test_without_a_code_the_page_shows_none(ine):
    client, _ = ine
    assert "Voor de melder" not in hand_in(client, call_on(client)).content.decode()
    assert Report.objects.get().mailbox is None


def test_a_mistake_in_a_day_says_of_which_day(ine):
    client, _ = ine
    wrong = {"happened_from": "2031-01-01", "happened_until": "2030-12-31"}
    call_back = {"safe_day": "2020-01-01", "safe_from": "09:00", "safe_until": "10:00"}
    errors = hand_in(client, call_on(client, **wrong, **call_back)).context["form"].errors
    assert "voorval" in errors["happened_from"][0]
    assert all("voorval" in each for each in errors["happened_until"])
    assert "Terugbellen" in errors["safe_day"][0]


def test_who_reads_english_chooses_the_subcategory_in_english(ine):
    client, _ = ine
    client.post("/mijn-account/taal", {"language": "en"})
    page = client.get("/intake").content.decode()
    assert '<option value="seksueel misbruik: ontucht">lewd acts</option>' in page
    said = dict(re.findall(r'<option value="[^":]+: ([^"]+)">([^<]+)</option>', page))
    alike = {"grooming"}  # one word in both languages
    assert {each for each, words in said.items() if each == words} == alike


# The institution


def test_a_mistyped_name_finds_the_school_and_the_choice_stays(ine, db):
    client, _ = ine
    school = make_institution(name="Basisschool De Regenboog", town="Gasselte")
    sent = call_on(client, school="regenboog", institution="")
    page = client.post("/intake", sent | {"do": "search"}).content.decode()
    assert f'value="i{school.pk}"' in page
    part = client.post("/intake/scholen", sent | {"institution": f"i{school.pk}"})
    assert f'id="school-i{school.pk}" checked' in part.content.decode()
    hand_in(client, sent | {"institution": f"i{school.pk}"})
    report = Report.objects.get()
    assert (report.institution, report.sector) == (school, "po")


def test_a_school_outside_the_list_keeps_the_name_that_was_given(ine):
    client, _ = ine
    answer = hand_in(client, call_on(client, institution="outside"))
    assert set(answer.context["form"].errors) == {"given_name", "sector"}
    sent = call_on(client, institution="outside", given_name="ROC Verzonnen", sector="mbo")
    assert hand_in(client, sent).status_code == 200
    report = Report.objects.get()
    assert (report.institution_as_given, report.sector) == ("ROC Verzonnen", "mbo")


def test_who_supervises_the_school_is_told_at_once_and_reads_nothing_afterwards(ine):
    client, user = ine
    school = make_institution()
    record_supervision(user, institution=school, since=timezone.localdate(), by=system_actor())
    sent = call_on(client, institution=f"i{school.pk}")
    aside = client.post("/intake/naast", sent).content.decode()
    assert "U houdt toezicht op deze instelling" in aside
    answer = hand_in(client, sent)
    assert "Dit dossier is niet voor u" in answer.content.decode()
    dossier = Report.objects.get().dossier
    assert client.get(f"/dossiers/{dossier.reference}").status_code == 404
    assert not Assignment.objects.exists()


# What stands beside it


def test_the_duties_follow_from_the_answers_with_reason_and_article(ine):
    client, _ = ine
    school = make_institution()
    sent = call_on(
        client, institution=f"i{school.pk}", category="seksueel misbruik", subcategory="",
        offence="seksueel misdrijf", accused_party="met taken belast persoon",
    )  # fmt: skip
    aside = client.post("/intake/naast", sent).content.decode()
    assert "Kan niet worden bepaald zonder" in aside
    assert "wie van de instelling ervan weet" in aside
    aside = client.post("/intake/naast", sent | {"known_by": ["personeel"]}).content.decode()
    assert "meldplicht" in aside
    assert "WPO 4a" in aside
    assert "Kan niet worden bepaald" not in aside
    page = client.post("/intake", sent | {"known_by": ["personeel"], "do": "look"})
    assert "WPO 4a" in page.content.decode()


def test_staff_among_staff_gets_advice_and_nothing_else(ine):
    client, _ = ine
    both = {"accused_party": "met taken belast persoon"}
    sent = call_on(client, affected_role="met taken belast persoon", **both)
    assert "advies aan de melder, meer niet" in client.post("/intake/naast", sent).content.decode()


def test_dossiers_of_the_same_school_are_listed_for_who_may_open_them_and_has_unlocked(
    inspector, unlock, coordinator
):
    client, user = inspector
    school = make_institution()
    own, other = make_dossier(institution=school), make_dossier(institution=school)
    now = timezone.now()
    Assignment.objects.create(dossier=own, user=user, since=now, assigned_by=user)
    sent = call_on(client, institution=f"i{school.pk}")
    locked = client.post("/intake/naast", sent).content.decode()
    assert own.reference not in locked
    assert not Line.objects.filter(action="list").exists()  # nothing was looked up either
    unlock(client, user)
    aside = client.post("/intake/naast", sent).content.decode()
    assert own.reference in aside
    assert other.reference not in aside
    set_duty(timezone.localdate(), people=[user], by=coordinator[1])
    assert other.reference in client.post("/intake/naast", sent).content.decode()
    noted = hand_in(client, sent).content.decode()
    made = Report.objects.latest("pk").dossier.reference
    joining = f"/dossiers/{made}/samenvoegen?met={own.reference}"
    assert joining in noted
    assert client.get(joining).status_code == 200


def test_of_old_work_the_day_of_its_first_report_is_shown_in_the_language_of_who_reads(ine):
    client, user = ine
    school = make_institution()
    facts = {"institution": school, "category": "discriminatie", "subcategory": "geloof"}
    old = make_dossier(received_on=date(2023, 3, 14), **facts)
    handle(old, user)
    client.post("/mijn-account/taal", {"language": "en"})
    sent = call_on(client, institution=f"i{school.pk}")
    for page in (client.post("/intake/naast", sent), hand_in(client, sent)):
        told = page.content.decode().split(old.reference, 1)[1]
        assert "14 March 2023" in told
        assert "discrimination, religion" in told


def test_a_colleague_on_duty_is_asked_and_may_be_chosen_by_nobody_else(ine):
    client, _ = ine
    cor = make_user("cor", roles=[Role.INSPECTOR], name="Cor Collega")
    DutyDay.objects.create(
        date=timezone.localdate(), user=cor, set_at=timezone.now(), set_by=system_actor()
    )
    off_duty = make_user("uit", roles=[Role.INSPECTOR])
    sent = call_on(client, question="Wat vind jij?", colleague=off_duty.pk)
    assert list(hand_in(client, sent).context["form"].errors) == ["colleague"]
    hand_in(client, sent | {"colleague": cor.pk})
    assert Task.objects.get(kind=TaskKind.SECOND_OPINION).owner == cor


def test_beside_a_call_without_an_institution_there_is_nothing_to_choose(ine):
    client, _ = ine
    sent = call_on(client)
    for institution, words in (
        ("", "Kies eerst de instelling."),
        ("withheld", "niets te vergelijken"),
    ):
        beside = client.post("/intake/naast", sent | {"institution": institution})
        assert words in beside.content.decode()
