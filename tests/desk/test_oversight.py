"""Who looks after the rules: looks, the log, special rights."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import make_dossier, make_institution
from tests.people import make_user
from vertrouwd.accounts.models import RightsReview, system_actor
from vertrouwd.accounts.people.rights import quarter_of, to_decide
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.audit.record import look, record, refuse
from vertrouwd.schools.supervision import record_supervision


@pytest.fixture
def officer(colleagues):
    return colleagues[Role.PRIVACY_OFFICER]


def test_the_privacy_officer_reads_and_filters_the_log_and_that_is_a_line_too(officer, inspector):
    client, user = officer
    look(by=inspector[1], kind="dossier", object="D-0000777")
    refuse(by=inspector[1], action="open_page", kind="page", object="log")
    page = client.get("/logboek").content.decode()
    assert "D-0000777" in page
    line = Line.objects.latest("pk")
    assert (line.actor, line.action, line.kind) == (user.username, "list", "log")
    page = client.post("/logboek", {"result": "refused"}).content.decode()
    assert "D-0000777" not in page
    assert "geweigerd" in page
    page = client.post("/logboek", {"about": "D-0000777", "actor": inspector[1].username})
    assert page.content.decode().count("D-0000777") >= 1
    assert Line.objects.latest("pk").action == "search"
    day = timezone.localdate().isoformat()
    page = client.post("/logboek", {"about": "D-0000777", "since": day, "until": day})
    assert "D-0000777</samp>" in page.content.decode()
    for wrong in (
        {"since": "2026-02-02", "until": "2026-01-01"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
    ):
        assert client.post("/logboek", wrong).status_code == 400


def test_the_log_goes_on_to_older_lines_with_the_same_filter(officer, actor):
    client, _ = officer
    for number in range(60):
        record(by=actor, action="count_this", object=f"D-{number:07}")
    page = client.post("/logboek", {"action": "count_this"}).content.decode()
    assert "D-0000059" in page
    assert "D-0000009" not in page
    older = page.split('name="before" value="')[1].split('"')[0]
    page = client.post("/logboek", {"action": "count_this", "before": older}).content.decode()
    assert "D-0000009" in page
    assert "D-0000059" not in page


def test_the_log_names_no_person_in_an_address(officer):
    page = officer[0].get("/logboek").content.decode()
    assert 'method="get"' not in page.lower()


def test_an_inspector_sees_their_own_looks_and_the_coordinator_those_of_the_team(
    inspector, coordinator
):
    theirs, mine = make_dossier(), make_dossier()
    look(by=inspector[1], kind="dossier", object=theirs.reference)
    look(by=coordinator[1], kind="dossier", object=mine.reference)
    own = inspector[0].get("/blikken").content.decode()
    assert theirs.reference in own
    assert mine.reference not in own
    asked = {"person": coordinator[1].pk}
    assert mine.reference not in inspector[0].post("/blikken", asked).content.decode()
    team = coordinator[0].post("/blikken", {"person": inspector[1].pk}).content.decode()
    assert theirs.reference in team


def test_ones_own_refused_looks_do_not_tell_which_dossiers_there_are(inspector):
    there, missing = make_dossier().reference, "D-0999999"
    for reference in (there, missing):
        refuse(by=inspector[1], action="look", kind="dossier", object=reference)
    page = inspector[0].get("/blikken").content.decode()
    assert (there in page) == (missing in page)


def test_a_look_at_a_supervised_dossier_is_not_shown_to_who_supervises(inspector, coordinator):
    school = make_institution()
    hidden, open_ = make_dossier(institution=school), make_dossier()
    for dossier in (hidden, open_):
        look(by=inspector[1], kind="dossier", object=dossier.reference)
    record_supervision(
        coordinator[1], institution=school, since=timezone.localdate(), by=system_actor()
    )
    page = coordinator[0].post("/blikken", {"person": inspector[1].pk}).content.decode()
    assert open_.reference in page
    assert hidden.reference not in page


def test_hidden_looks_take_no_place_on_a_page(inspector, coordinator):
    """A page that is not full, or a last page too many, would tell that something is hidden."""
    school = make_institution()
    hidden, open_ = make_dossier(institution=school), make_dossier()
    for number in range(102):  # every other line is hidden: 51 of each
        look(by=inspector[1], kind="dossier", object=(hidden, open_)[number % 2].reference)
    record_supervision(
        coordinator[1], institution=school, since=timezone.localdate(), by=system_actor()
    )
    asked = {"person": inspector[1].pk}
    page = coordinator[0].post("/blikken", asked).content.decode()
    assert page.count(open_.reference) == 50
    older = page.split('name="before" value="')[1].split('"')[0]
    last = coordinator[0].post("/blikken", asked | {"before": older}).content.decode()
    assert last.count(open_.reference) == 1
    assert 'name="before"' not in last
    assert hidden.reference not in page + last


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), "2026-K1"), (date(2026, 3, 31), "2026-K1"), (date(2026, 4, 1), "2026-K2"),
     (date(2026, 12, 31), "2026-K4")],
)  # fmt: skip
def test_a_quarter_is_named_by_year_and_number(day, quarter):
    assert quarter_of(day) == quarter


def test_a_quarter_is_done_when_every_special_right_was_decided_on(officer, colleagues):
    client, user = officer
    quarter = quarter_of(timezone.localdate())
    second = make_user("functionaris-2", roles=[Role.PRIVACY_OFFICER])
    waiting = {grant.user: grant for grant in to_decide(quarter)}
    assert len(waiting) == 5  # of the six roles inspector and analyst are not special
    for person, grant in waiting.items():
        decision = "vervalt" if person == second else "blijft"
        client.post("/rechten/besluit", {"grant": grant.pk, "decision": decision})
    assert [grant.user for grant in to_decide(quarter)] == [user]  # one's own: a colleague decides
    assert "Er wacht niets op u." in client.get("/").content.decode()
    assert second.roles == frozenset()
    assert RightsReview.objects.count() == 4
    again = client.post(
        "/rechten/besluit",
        {"grant": waiting[colleagues[Role.PUBLISHER][1]].pk, "decision": "vervalt"},
        follow=True,
    )
    assert "al beslist" in again.content.decode()
    assert colleagues[Role.PUBLISHER][1].roles == {Role.PUBLISHER}


def test_a_decision_on_ones_own_right_is_refused_and_in_the_log(officer):
    client, user = officer
    own = user.role_grants.get()
    client.post("/rechten/besluit", {"grant": own.pk, "decision": "blijft"})
    line = Line.objects.get(result="refused")
    assert (line.actor, line.action, line.object) == (user.username, "review_right", str(own.pk))
