"""Dividing the work, the rota and the conflicts of interest, through HTTP."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_dossier, make_institution
from tests.on_a_page import in_one_line
from vertrouwd.accounts.models import system_actor
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.models import Assignment, DutyDay
from vertrouwd.schools.models import Board, Supervision
from vertrouwd.schools.supervision import record_supervision


def test_the_coordinator_divides_without_seeing_what_a_dossier_is_about(coordinator, inspector):
    client, _ = coordinator
    dossier = make_dossier(institution=make_institution(name="Basisschool De Verborgen Hoek"))
    page = client.get("/verdelen").content.decode()
    assert dossier.reference in page
    assert "pesten" not in page
    assert "psychisch geweld" not in page
    assert "Verborgen" not in page
    given = {"reference": dossier.reference, "person": inspector[1].pk}
    client.post("/verdelen", given)
    assert Assignment.objects.get().user == inspector[1]
    assert f"{dossier.reference} is toegewezen" in client.get("/verdelen").content.decode()
    assert dossier.reference not in client.get("/verdelen").content.decode()
    assert dossier.reference in client.get("/verdelen?alle=1").content.decode()
    client.post("/verdelen/einde", given)
    assert Assignment.objects.get().until is not None


def test_who_divides_is_told_what_went_to_whom_and_stays_on_the_same_page(coordinator, inspector):
    client, _ = coordinator
    first = make_dossier()  # of 26, the newest first: on the second page
    for _ in range(25):
        make_dossier()
    assert 'action="/verdelen?alle=1&amp;pagina=2"' in (
        client.get("/verdelen?alle=1&pagina=2&next=//elders").content.decode()
    )
    given = {"reference": first.reference, "person": inspector[1].pk}
    answer = client.post("/verdelen?alle=1&pagina=2&next=//elders", given, follow=True)
    assert answer.redirect_chain == [("/verdelen?alle=1&pagina=2", 302)]
    name = inspector[1].name or inspector[1].username
    assert f"{first.reference} is toegewezen aan {name}." in answer.content.decode()
    answer = client.post("/verdelen/einde?alle=1&pagina=2", given, follow=True)
    assert answer.redirect_chain == [("/verdelen?alle=1&pagina=2", 302)]
    assert f"{name} behandelt {first.reference} niet meer." in answer.content.decode()


def test_who_supervises_the_school_neither_sees_nor_counts_its_dossier(coordinator):
    client, user = coordinator
    school = make_institution()
    dossier = make_dossier(institution=school)
    assert "1 dossier heeft nog niemand" in in_one_line(client.get("/").content.decode())
    record_supervision(user, institution=school, since=timezone.localdate(), by=system_actor())
    assert "heeft nog niemand" not in client.get("/").content.decode()
    assert dossier.reference not in client.get("/verdelen").content.decode()
    response = client.post("/verdelen", {"reference": dossier.reference, "person": user.pk})
    assert response.status_code == 404
    assert Line.objects.latest("pk").result == "refused"


def test_the_rota_is_set_for_a_day_that_comes_and_not_for_one_that_went(coordinator, inspector):
    client, _ = coordinator
    assert "Vandaag heeft niemand dienst" in client.get("/").content.decode()
    today = timezone.localdate()
    client.post(f"/rooster/{today}", {"people": [inspector[1].pk]})
    assert DutyDay.objects.get().user == inspector[1]
    assert "Vandaag heeft niemand dienst" not in client.get("/").content.decode()
    client.post(f"/rooster/{today}", {})
    assert not DutyDay.objects.exists()
    for day in (today - timedelta(days=1), "2026-02-30", "morgen"):
        assert client.get(f"/rooster/{day}").status_code == 404


def test_a_conflict_of_interest_is_searched_recorded_and_ended(coordinator, inspector):
    client, _ = coordinator
    board = Board.objects.create(number="41234", name="Stichting Voorbeeld")
    school = make_institution(name="Basisschool De Proeftuin", board=board)
    asked = {"person": inspector[1].pk, "text": "proeftuin", "since": "2026-01-05"}
    page = client.post("/belangen", asked).content.decode()
    assert "De Proeftuin" in page
    assert "Stichting Voorbeeld" in page
    client.post("/belangen", asked | {"choice": f"i{school.pk}"})
    client.post("/belangen", asked | {"choice": f"b{board.pk}"})
    held = list(Supervision.objects.values_list("institution", "board"))
    assert held == [(school.pk, None), (None, board.pk)]
    again = client.post("/belangen", asked | {"choice": f"i{school.pk}"})
    assert "staat er al" in again.content.decode()
    client.post(f"/belangen/{Supervision.objects.first().pk}/einde")
    assert Supervision.objects.first().until == timezone.localdate()


def test_nonsense_in_the_forms_is_answered_with_words_not_with_a_failure(coordinator):
    client, _ = coordinator
    assert client.post("/belangen", {"person": "x", "text": "", "since": "ooit"}).status_code == 400
    asked = {"person": coordinator[1].pk, "text": "bestaat niet", "since": "2026-01-05"}
    assert "Wij vinden geen instelling" in client.post("/belangen", asked).content.decode()
    assert client.post("/belangen", asked | {"choice": "i" + "9" * 18}).status_code == 400
    assert client.post("/verdelen", {"reference": "Jan", "person": "0"}).status_code == 302
    assert client.get("/verdelen?pagina=abc").status_code == 200


def test_what_who_divides_may_not_do_is_in_the_log(coordinator, inspector):
    """Giving a dossier to who supervises the school, and ending one's own conflict of interest."""
    client, user = coordinator
    school = make_institution()
    dossier = make_dossier(institution=school)
    today = timezone.localdate()
    record_supervision(inspector[1], institution=school, since=today, by=user)
    own = record_supervision(user, institution=make_institution(), since=today, by=user)
    client.post("/verdelen", {"reference": dossier.reference, "person": inspector[1].pk})
    client.post(f"/belangen/{own.pk}/einde")
    refused = Line.objects.filter(result="refused", actor=user.username).order_by("pk")
    assert list(refused.values_list("action", "object")) == [
        ("divide", dossier.reference), ("end_supervision", ""),
    ]  # fmt: skip
