"""A dossier at an institution one supervises does not exist: every page is the same with and
without it, for whoever would otherwise see it in every way there is.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.desk.matrix import told
from tests.factories import make_dossier, make_institution, make_report
from tests.people import make_user
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.record import look
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.assigning import assign, break_glass
from vertrouwd.dossiers.models import Assignment, Dossier, GlassBreak
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.privacy_requests.actions import register_request
from vertrouwd.schools.models import Board, Institution
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

GLASS = {"ground": "direct gevaar", "reason": "De moeder belt nu over de kelder."}
NOT_THERE = "D-7777777"
ASKS = {"kind": "inzage", "asker": "ouder", "received_on": "2026-11-02"}


@pytest.fixture
def colleague(inspector):
    """An inspector without a conflict of interest, who handles nothing but what may be hidden."""
    return make_user("cor", name="Cor Collega", roles=[Role.INSPECTOR])


@pytest.fixture(params=["institution", "board"])
def school(request, coordinator, inspector) -> Institution:
    """A school that the coordinator and the inspector supervise, itself or by its board."""
    board = Board.objects.create(number="41234", name="Stichting Voorbeeld")
    school = make_institution(name="Basisschool De Verborgen Hoek", board=board)
    what = {"institution": school} if request.param == "institution" else {"board": board}
    for _, user in (coordinator, inspector):
        record_supervision(user, since=timezone.localdate(), by=system_actor(), **what)
    return school


def at_the_school(school) -> Dossier:
    return make_dossier(institution=school)


def joined_with_one_at_the_school(school) -> Dossier:
    into = make_dossier()
    join(make_report(institution=school).dossier, into=into, by=system_actor())
    return into


def in_every_way(dossier, people, colleague, opened) -> GlassBreak:
    """Told, assigned, looked at, its glass broken; returns the glass that waits for a judge."""
    report = dossier.reports.first()
    seal_texts(report.record, Purpose.THREAD, {"narrative": "Bij het hek."}, by=system_actor())
    now = timezone.now()
    for person in [*people, colleague]:
        Assignment.objects.create(
            dossier=dossier, user=person, since=now, assigned_by=system_actor()
        )
        look(by=person, kind="dossier", object=dossier.reference, detail={"through": "assigned"})
    register_request(
        kind="inzage", asker="ouder", received_on=timezone.localdate() - timedelta(days=60),
        dossier=dossier, by=colleague, opened=None,
    )  # fmt: skip
    breaks = [
        GlassBreak.objects.create(
            dossier=dossier, user=person, ground="anders", opened_at=now,
            ends_at=now + timedelta(hours=3),
        )
        for person in [*people, colleague]
    ]  # fmt: skip
    return breaks[-1]


def everything_one_sees(client: Client, *, hidden: str, glass: int, open_: str, colleague) -> dict:
    """What every page of casework answers about that dossier, and beside it."""
    person = {"person": colleague.pk}
    asked = [
        ("get", "/", {}), ("get", "/dossiers", {}), ("get", "/dossiers?pagina=2", {}),
        ("get", "/dossiers?lijst=termijn", {}), ("get", "/verzoeken", {}),
        ("get", f"/verzoeken/nieuw?dossier={hidden}", {}),
        ("post", "/verzoeken/nieuw", ASKS | {"reference": hidden}),
        ("get", "/verdelen", {}), ("get", "/verdelen?alle=1", {}),
        ("get", "/verdelen?alle=1&pagina=2", {}), ("get", "/glas/nazien", {}),
        ("get", "/blikken", {}), ("post", "/blikken", person), ("get", "/rooster", {}),
        ("get", "/belangen", {}), ("post", "/dossiers", {"reference": hidden}),
        ("get", f"/dossiers/{hidden}", {}), ("post", "/glas", GLASS | {"reference": hidden}),
        ("post", "/verdelen", person | {"reference": hidden}),
        ("post", "/verdelen/einde", person | {"reference": hidden}),
        ("post", "/verdelen/einde", person | {"reference": open_}),
        ("get", "/verdelen", {}),  # with what was said about the posts
        ("get", f"/glas/nazien/{glass}", {}),
        ("post", f"/glas/nazien/{glass}", {"judgement": "terecht"}),
    ]  # fmt: skip
    seen = {}
    for number, (method, address, form) in enumerate(asked):
        response = getattr(client, method)(address, form)
        seen[number, method, address, str(form)] = told(response, asked=address)
    return seen


@pytest.mark.parametrize("who", [Role.COORDINATOR, Role.INSPECTOR])
@pytest.mark.parametrize("made", [at_the_school, joined_with_one_at_the_school])
def test_every_page_is_the_same_with_and_without_the_dossier(
    made, who, school, colleagues, colleague, unlock, team
):
    client, user = colleagues[who]
    people = [colleagues[role][1] for role in (Role.COORDINATOR, Role.INSPECTOR)]
    with time_machine.travel(timezone.now(), tick=False):
        unlock(client, user)
        open_ = make_dossier().reference
        assign(open_, to=user, by=people[0])
        make_dossier()
        set_duty(timezone.localdate(), people=people, by=people[0])
        with transaction.atomic():
            before = set(Dossier.objects.values_list("pk", flat=True))
            dossier = made(school)
            glass = in_every_way(dossier, people, colleague, team.opened(user))
            asked = {"glass": glass.pk, "open_": open_, "colleague": colleague}
            hidden = dossier.reference
            unseen = [d.reference for d in Dossier.objects.exclude(pk__in=before)]
            with_it = everything_one_sees(client, hidden=hidden, **asked)
            transaction.set_rollback(True)
        without_it = everything_one_sees(client, hidden=hidden, **asked)
    for page, answer in without_it.items():
        assert with_it[page] == answer, page
    shown = str([answer for (_, _, _, form), answer in with_it.items() if hidden not in form])
    assert not [reference for reference in unseen if reference in shown and reference != hidden]


def test_the_same_dossier_is_seen_in_all_these_ways_by_who_supervises_nothing(
    colleagues, colleague, unlock, team
):
    """So that the test before this one can find something."""
    client, user = colleagues[Role.COORDINATOR]
    unlock(client, user)
    dossier = at_the_school(make_institution())
    glass = in_every_way(dossier, [user], colleague, team.opened(user))
    seen = everything_one_sees(
        client, hidden=dossier.reference, glass=glass.pk, open_=NOT_THERE, colleague=colleague
    )
    pages = {
        address for (_, _, address, form), (_, _, body) in seen.items()
        if dossier.reference in body and dossier.reference not in form
    }  # fmt: skip
    found = {"/dossiers", "/verdelen?alle=1", "/glas/nazien", "/blikken"}
    assert found <= pages
    assert f"/glas/nazien/{glass.pk}" in pages


def test_the_glass_of_a_dossier_that_is_hidden_later_closes_at_once(
    coordinator, colleague, team, unlock
):
    """A conflict that is recorded while the glass is broken is stronger than the glass."""
    client, user = coordinator
    unlock(client, user)
    school = make_institution()
    dossier = at_the_school(school)
    broken = break_glass(
        dossier.reference, ground=GlassGround.DANGER, reason="Nu.", by=user,
        opened=team.opened(user),
    )  # fmt: skip
    assert client.get(f"/dossiers/{dossier.reference}").status_code == 200
    record_supervision(user, institution=school, since=timezone.localdate(), by=system_actor())
    assert client.get(f"/dossiers/{dossier.reference}").status_code == 404
    assert dossier.reference not in client.get("/dossiers").content.decode()
    assert GlassBreak.objects.get() == broken
