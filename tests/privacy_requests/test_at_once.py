"""Several people at the same moment: nothing is lost, and nobody becomes both first and second."""

import pytest

from tests.at_once import at_once
from tests.privacy_requests.privacy_desk import PrivacyDesk
from vertrouwd.privacy_requests.mending import correct_request, written_down
from vertrouwd.privacy_requests.models import Eyes, PrivacyRequest, Weighing
from vertrouwd.privacy_requests.reading import state_of
from vertrouwd.privacy_requests.terms import Part, Stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(home) -> PrivacyDesk:
    return PrivacyDesk()


def names(results) -> list[str]:
    return sorted(type(each).__name__ for each in results)


def test_of_two_who_weigh_one_document_at_once_the_second_sees_what_changed(desk):
    third = desk.colleague()
    desk.team.add(third)
    for _ in range(4):
        request = desk.asked(desk.told())
        key = state_of(request).documents[0].key
        facts = {"seen": 0, "version": state_of(request).documents[0].version}
        results = at_once(
            lambda r=request, k=key, f=facts: desk.weigh(r, k, **f),
            lambda r=request, k=key, f=facts: desk.refuse(r, k, by=third, **f),
        )
        assert names(results) == ["Changed", "Weighing"]
        assert Weighing.objects.filter(request=request).count() == 1


def test_who_agrees_while_somebody_weighs_again_agrees_with_what_was_seen_or_not_at_all(desk):
    for _ in range(4):
        request = desk.asked(desk.told())
        seen = desk.weigh_all(request).contents
        key = state_of(request).documents[0].key
        at_once(
            lambda r=request, s=seen: desk.agree(r, seen=s),
            lambda r=request, k=key: desk.refuse(r, k),
        )
        assert state_of(request).stage is Stage.SECOND_LOOK  # whoever was first


def test_one_person_who_weighs_and_agrees_at_once_does_one_of_both(desk):
    for _ in range(4):
        request = desk.asked(desk.told())
        state = desk.weigh_all(request)
        third = desk.colleague()
        desk.team.add(third)
        key = state.documents[0].key
        standing = state.weighings[key].pk
        at_once(
            lambda r=request, s=state.contents, t=third: desk.agree(r, by=t, seen=s),
            lambda r=request, k=key, n=standing, t=third: desk.refuse(r, k, by=t, seen=n),
        )
        (eyes,) = Eyes.objects.filter(request=request, user=third)
        weighed = request.weighings.filter(by=third).exists()
        looked = request.looks.filter(by=third).exists()
        assert (weighed, looked) == (eyes.part == Part.WEIGHS, eyes.part == Part.LOOKS_AFTER)


def test_three_clicks_make_one_request(desk):
    dossier = desk.told()
    at_once(*[lambda: desk.asked(dossier, identified=False)] * 3)
    assert PrivacyRequest.objects.count() == 1


def test_of_two_letters_at_once_one_is_sent(desk):
    request = desk.asked(desk.told())
    desk.weigh_all(request)
    desk.agree(request)
    seen = state_of(request).contents
    results = at_once(*[lambda: desk.send(request, seen=seen)] * 2)
    assert names(results) == ["PrivacyRequest", "Refused"]


def test_of_two_letters_at_once_that_both_write_in_one_dossier_the_second_is_agreed_on_anew(desk):
    for _ in range(3):
        dossier = desk.told()
        requests = [desk.asked(dossier, kind="wissing", name=name) for name in ("Moniek", "Wim")]
        for request in requests:
            desk.weigh_all(request, "wissen", ground="niet-meer-nodig")
            desk.agree(request)
        seen = [state_of(request).contents for request in requests]
        results = at_once(
            *[
                lambda request=request, agreed=agreed: desk.send(request, seen=agreed)
                for request, agreed in zip(requests, seen, strict=True)
            ]
        )
        assert names(results) == ["PrivacyRequest", "Refused"]


def test_of_two_who_put_a_request_right_at_once_one_is_told_that_it_changed(desk):
    request = desk.asked(desk.told())
    facts = {"kind": request.kind, "asker": request.asker, "received_on": request.received_on}
    facts |= {"seen": written_down(request, opened=desk.opened).digest, "opened": desk.opened}
    results = at_once(
        *[
            lambda name=name: correct_request(request, by=desk.inspector, name=name, **facts)
            for name in ("Moniek de Jong", "Monique van Dalen")
        ]
    )
    assert names(results) == ["PrivacyRequest", "Refused"]
