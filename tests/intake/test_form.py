"""Somebody tells what happened: a thing a page, nothing kept, then once more read, then sent."""

import re

import pytest

from tests.intake.filling_in import GIRL, HERE, TEACHER, Teller
from vertrouwd.dossiers.models import Conversation, Report
from vertrouwd.intake.models import KeptRecord, SentForm
from vertrouwd.schools.models import Institution


def test_a_girl_of_12_reports_and_gets_reference_and_code(opened):
    teller = Teller().tell(*GIRL)
    assert teller.title == "Klopt het zo?"
    assert not Report.objects.exists()
    teller.send(ga="verstuur")
    assert teller.answer.status_code == 200
    reference, code = teller.receipt
    report = Report.objects.get()
    assert report.mailbox == reference
    assert len(code.split()) == 4
    assert (report.sector, report.category, report.affected_age) == ("po", "seksueel misbruik", 12)
    assert (report.affected_role, report.reporter_role) == ("leerling", "leerling")
    assert Conversation.objects.get().is_anonymous


def test_a_teacher_learns_that_telling_the_head_is_not_enough_and_reports(opened):
    teller = Teller().tell(*TEACHER[:9])
    assert teller.title == "Wat de wet nu van je vraagt"
    assert "Alleen de leidinggevende inlichten is niet genoeg" in teller.text
    assert "Deze melding komt daar niet voor in de plaats" in teller.text
    teller.tell(*TEACHER[9:14])
    assert "bewaar" not in re.findall(r'name="afspraak"[^>]*value="([^"]*)"', teller.page)
    teller.tell(*TEACHER[14:]).send(ga="verstuur")
    assert teller.receipt
    assert Report.objects.get().reporter_role == "personeel"


def test_sending_the_same_page_twice_gives_the_same_receipt_and_one_report(opened):
    teller = Teller().tell(*GIRL)
    state = teller.state
    receipts = set()
    for _ in range(2):
        teller.answer = teller.client.post(HERE, {"state": state, "ga": "verstuur"})
        receipts.add(teller.receipt)
        assert teller.answer["Cache-Control"] == "no-store"
    assert len(receipts) == 1
    assert Report.objects.count() == SentForm.objects.count() == 1


def test_who_wants_to_decide_later_sends_nothing_that_counts(opened):
    pages = [*GIRL[:13], {"afspraak": "bewaar"}, {}]
    teller = Teller().tell(*pages)
    assert "Bewaar voor mij" in teller.text
    teller.send(ga="verstuur")
    assert teller.receipt
    assert not Report.objects.exists()
    assert KeptRecord.objects.count() == 1


def test_a_school_is_searched_by_post_and_chosen(opened):
    school = Institution.objects.create(
        name="De Verzonnen Eik", town="Zandvoort", sector="vo", is_invented=True, code="ZZ01"
    )
    teller = Teller().tell(*GIRL[:4]).send(ga="zoek", zoek="verzonen eik")
    assert "De Verzonnen Eik" in teller.text
    assert "verzonen" not in teller.answer.request["QUERY_STRING"]
    teller.send(ga="verder", plek=f"i{school.pk}", zoek="verzonen eik").tell(*GIRL[5:])
    assert "De Verzonnen Eik, Zandvoort" in teller.text
    teller.send(ga="verstuur")
    report = Report.objects.get()
    assert (report.institution, report.sector) == (school, "vo")
    school_gone = Teller().tell(*GIRL[:4]).send(ga="verder", plek="i999999")
    assert school_gone.answer.status_code == 400


def test_a_name_that_is_not_in_the_list_is_sealed(opened):
    pages = [*GIRL[:4], {"plek": "anders", "plek_naam": "De Toverbal"}, *GIRL[5:]]
    Teller().tell(*pages).send(ga="verstuur")
    report = Report.objects.get()
    assert report.institution is None
    assert "Toverbal" not in repr(vars(report))


@pytest.mark.one_engine
def test_danger_now_leads_to_112_first_and_one_can_go_on(db):
    teller = Teller().tell({}, {"gevaar": "ja"})
    assert teller.title == "Bel eerst 112"
    for number in ("112", "08000188", "08002000"):
        assert f'href="tel:{number}"' in teller.page.split("<main")[1]
    assert teller.tell({}).title == "Wie ben je?"


@pytest.mark.one_engine
def test_without_a_team_the_reporter_hears_that_it_was_not_received(db, home):
    teller = Teller().tell(*GIRL).send(ga="verstuur")
    assert teller.answer.status_code == 503
    assert "nog niet bij ons" in teller.text
    assert "0900 111 3 111" in teller.text
    assert teller.answer["Retry-After"]
    assert not Report.objects.exists()
    assert teller.send(ga="terug").title == "Namen"
