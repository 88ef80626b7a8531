"""One's own dossiers, the page of one of them, and breaking the glass of another."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_dossier, make_institution, make_report
from tests.on_a_page import in_one_line
from tests.people import log_in, make_user
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.desk.forms import ReferenceForm
from vertrouwd.dossiers.assigning import assign
from vertrouwd.dossiers.models import GlassBreak
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

STORY = "Hij dreigde bij de fietsenstalling."
GLASS = {"ground": "direct gevaar", "reason": "De moeder belt nu over de kelder."}


@pytest.fixture
def told(team):
    """A dossier in which something was told in confidence."""
    report = make_report()
    seal_texts(report.record, Purpose.THREAD, {"narrative": STORY}, by=system_actor())
    seal_texts(report.record, Purpose.IDENTITY, {"accused_name": "K. Zegel"}, by=system_actor())
    return report.dossier


def ask(client, dossier, **more):
    return client.get(f"/dossiers/{dossier.reference}", **more)


def test_the_inspector_reads_what_was_told_and_who_is_accused(told, inspector, coordinator, unlock):
    client, user = inspector
    assign(told.reference, to=user, by=coordinator[1])
    unlock(client, user)
    response = ask(client, told)
    page = response.content.decode()
    assert STORY in page
    assert "K. Zegel" in page
    title = page.split("<title>")[1].split("</title>")[0]
    assert told.reference not in title
    looked, opened = Line.objects.order_by("-pk")[:2][::-1]
    assert (looked.action, looked.object, looked.detail) == (
        "look", told.reference, {"through": "assigned"},
    )  # fmt: skip
    assert (opened.action, opened.detail) == ("open_texts", {"texts": 2, "reports": 1})


def test_a_locked_key_leads_to_the_unlock_page_whether_the_dossier_is_there_or_not(told, inspector):
    client, _ = inspector
    for reference in (told.reference, "D-9999999"):
        response = client.get(f"/dossiers/{reference}")
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/ontgrendelen")


def test_forbidden_and_missing_and_supervised_give_one_answer(told, inspector, coordinator, unlock):
    client, user = inspector
    school = make_institution()
    supervised = make_dossier(institution=school)
    assign(supervised.reference, to=user, by=coordinator[1])
    record_supervision(user, institution=school, since=timezone.localdate(), by=system_actor())
    unlock(client, user)
    answers = set()
    for reference in (told.reference, supervised.reference, "D-9999999", "Jan", "D-1"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/dossiers/{reference}")
        headers = {k: v for k, v in response.headers.items() if k not in ("Date",)}
        body = response.content.decode()
        token = body.split('csrfmiddlewaretoken" value="')[1].split('"')[0]  # new on every page
        for each in body.split('csrfmiddlewaretoken" value="')[1:]:
            body = body.replace(each.split('"')[0], "")
        assert token
        answers.add((response.status_code, str(sorted(headers.items())), body, len(queries)))
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    refused = Line.objects.filter(action="look", result="refused")
    assert [line.object for line in refused] == [
        told.reference, supervised.reference, "D-9999999", "", "",
    ]  # fmt: skip


def test_my_dossiers_are_listed_and_those_of_others_are_not(told, inspector, coordinator):
    other = make_dossier()
    assign(told.reference, to=inspector[1], by=coordinator[1])
    page = inspector[0].get("/dossiers").content.decode()
    assert told.reference in page
    assert other.reference not in page
    line = Line.objects.latest("pk")
    assert (line.action, line.kind, line.detail) == ("list", "dossier", {"count": 1})


def test_the_duty_officer_sees_what_nobody_handles_and_opens_one_by_its_number(
    told, inspector, coordinator, unlock
):
    client, user = inspector
    handled = make_dossier()
    assign(handled.reference, to=coordinator[1], by=coordinator[1])
    assert told.reference not in client.get("/dossiers").content.decode()
    set_duty(timezone.localdate(), people=[user], by=coordinator[1])
    page = client.get("/dossiers?lijst=niemand").content.decode()
    assert told.reference in page
    assert handled.reference not in page
    unlock(client, user)
    response = client.post("/dossiers", {"reference": handled.reference.lower()})
    assert response["Location"] == f"/dossiers/{handled.reference}"
    assert client.get(response["Location"]).status_code == 200


def test_what_is_typed_never_enters_an_address(inspector):
    response = inspector[0].post("/dossiers", {"reference": "Jan Jansen"})
    assert response.status_code == 200
    assert "Location" not in response


@pytest.mark.parametrize("said", ["12", "d-12", "D12", " D-0000012 "])
def test_a_dossier_is_asked_by_its_number_as_somebody_says_it_on_the_phone(said):
    form = ReferenceForm({"reference": said})
    assert form.is_valid()
    assert form.cleaned_data["reference"] == "D-0000012"


@pytest.mark.parametrize(
    "typed", ["0612345678", "31-12-2011", "20111231", "Jan de Boer", "D-", "٣"]
)
def test_what_is_no_number_of_a_dossier_gets_into_no_address(typed):
    assert not ReferenceForm({"reference": typed}).is_valid()


def test_breaking_the_glass_opens_the_dossier_and_tells_the_coordinator(
    told, inspector, coordinator, unlock
):
    client, user = inspector
    unlock(client, user)
    response = client.post("/glas", {"reference": told.reference, **GLASS})
    assert response["Location"] == f"/dossiers/{told.reference}"
    assert STORY in client.get(response["Location"]).content.decode()
    head, head_user = coordinator
    assert "1 keer brak een collega het glas" in in_one_line(head.get("/").content.decode())
    unlock(head, head_user)
    number = GlassBreak.objects.get().pk
    page = head.get(f"/glas/nazien/{number}").content.decode()
    assert GLASS["reason"] in page
    assert "teksten geopend" in page
    head.post(f"/glas/nazien/{number}", {"judgement": "terecht"})
    assert GlassBreak.objects.get().reviewed_by == head_user
    assert head.get(f"/glas/nazien/{number}").status_code == 404
    assert client.get("/dossiers").content.decode().count(told.reference) >= 1


def test_who_can_open_the_dossier_already_comes_there_and_no_glass_breaks(
    told, inspector, coordinator, unlock
):
    client, user = inspector
    unlock(client, user)
    assign(told.reference, to=user, by=coordinator[1])
    answer = client.post("/glas", {"reference": told.reference, **GLASS}, follow=True)
    assert answer.redirect_chain == [(f"/dossiers/{told.reference}", 302)]
    assert "Het glas is nog heel" in answer.content.decode()
    assert not GlassBreak.objects.exists()


def test_the_glass_is_open_for_three_hours_and_not_a_second_longer(told, inspector, unlock):
    client, user = inspector
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        unlock(client, user)
        client.post("/glas", {"reference": told.reference, **GLASS})
    for later, is_open in ((10799, True), (10800, False), (86400, False)):
        with time_machine.travel(start + timedelta(seconds=later), tick=False):
            log_in(client, user)
            unlock(client, user)
            assert ask(client, told).status_code == (200 if is_open else 404)
            listed = client.get("/dossiers").content.decode()
            assert (told.reference in listed) is is_open


def test_a_role_alone_does_not_break_the_glass_one_must_have_unlocked(told, inspector):
    """An administrator who invites an «inspector» of its own has no key that colleagues granted."""
    client, _ = inspector
    response = client.post("/glas", {"reference": told.reference, **GLASS})
    assert response["Location"] == "/ontgrendelen"
    assert not GlassBreak.objects.exists()
    assert told.reference not in client.get("/dossiers").content.decode()


def test_the_coordinator_who_broke_the_glass_is_not_asked_to_judge_it(
    told, coordinator, unlock, colleagues
):
    client, user = coordinator
    unlock(client, user)
    client.post("/glas", {"reference": told.reference, **GLASS})
    number = GlassBreak.objects.get().pk
    assert told.reference not in client.get("/glas/nazien").content.decode()
    answer = client.post(f"/glas/nazien/{number}", {"judgement": "terecht"})
    assert answer.status_code == 404
    assert GlassBreak.objects.get().reviewed_by is None
    second = make_user("coordinator-2", roles=[Role.COORDINATOR])
    browser = Client()
    log_in(browser, second)
    assert told.reference in browser.get("/glas/nazien").content.decode()


def test_breaking_the_glass_does_not_tell_missing_from_supervised(told, inspector, unlock):
    client, user = inspector
    unlock(client, user)
    record_supervision(
        user, institution=_moved_to_a_school(told), since=timezone.localdate(), by=system_actor()
    )
    answers = set()
    for reference in (told.reference, "D-0099999"):
        with CaptureQueriesContext(connection) as queries:
            response = client.post("/glas", {"reference": reference, **GLASS})
        body = response.content.decode().replace(reference, "")
        for each in body.split('csrfmiddlewaretoken" value="')[1:]:
            body = body.replace(each.split('"')[0], "")
        answers.add((response.status_code, body, len(queries)))
    assert len(answers) == 1
    assert "Dit dossier is er niet" in answers.pop()[1]
    assert Line.objects.filter(action="break_glass", result="refused").count() == 2


def test_the_words_of_a_glass_that_was_not_broken_are_in_no_line(told, inspector, unlock):
    unlock(*inspector)
    inspector[0].post("/glas", {"reference": "D-0099999", **GLASS})
    assert "kelder" not in str(list(Line.objects.values()))


def test_a_text_that_was_destroyed_is_said_to_be_so(told, inspector, coordinator, unlock):
    from vertrouwd.sealing.models import DataKey

    DataKey.objects.filter(purpose=Purpose.IDENTITY).update(
        wrapped=None, destroyed_at=timezone.now()
    )
    client, user = inspector
    assign(told.reference, to=user, by=coordinator[1])
    unlock(client, user)
    page = ask(client, told).content.decode()
    assert STORY in page
    assert "K. Zegel" not in page
    assert "vernietigd of niet te openen" in page


def _moved_to_a_school(dossier):
    school = make_institution()
    dossier.institution = school
    dossier.save(update_fields=["institution"])
    return school
