"""What was written down wrongly of a request is put right, and what was taken back goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.privacy_requests.privacy_desk import NAME, today
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.actions import extend_request, find_nothing, withdraw_request
from vertrouwd.privacy_requests.clock import last_day
from vertrouwd.privacy_requests.mending import correct_request, take_back_withdrawal, written_down
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.reading import state_of
from vertrouwd.privacy_requests.restricting import restrict_for_now, tell_receiver
from vertrouwd.privacy_requests.terms import Stage
from vertrouwd.sealing.models import SealedText

DAY = timedelta(days=1)


def correct(desk, request, **facts) -> PrivacyRequest:
    begin = {"kind": request.kind, "asker": request.asker, "received_on": request.received_on}
    seen = written_down(request, opened=desk.opened).digest
    facts = begin | {"name": NAME, "seen": seen} | facts
    return correct_request(request, by=desk.inspector, opened=desk.opened, **facts)


def stage(request) -> Stage:
    return state_of(PrivacyRequest.objects.get(pk=request.pk)).stage


def test_another_day_of_receipt_moves_the_term(desk):
    request = desk.asked(identified=False)
    day = today() - timedelta(days=20)
    correct(desk, request, received_on=day)
    request.refresh_from_db()
    assert (request.received_on, request.due_on) == (day, last_day(day))
    line = Line.objects.get(action="correct_request")
    assert line.detail["after"]["received"] == day.isoformat()
    assert NAME not in str(line.detail)


@pytest.mark.parametrize("days", [1, -3])
def test_the_day_is_not_in_the_future_and_not_after_what_was_done(desk, days):
    request = desk.asked()
    extend_request(
        request, reason="veel verzoeken", told_on=today() - 5 * DAY, by=desk.inspector,
        opened=desk.opened,
    )  # fmt: skip
    with pytest.raises(Refused):
        correct(desk, request, received_on=today() + days * DAY)


def test_a_late_request_wins_no_time_by_a_day_on_which_it_was_here_already(desk):
    request = desk.asked(
        received_on=today() - 60 * DAY, now=timezone.now() - 50 * DAY, identified=False
    )
    with pytest.raises(Refused, match="stond dit verzoek hier al"):
        correct(desk, request, received_on=today())
    correct(desk, request, received_on=today() - 50 * DAY)
    assert PrivacyRequest.objects.get().due_on == last_day(today() - 50 * DAY)


def test_an_extension_after_the_first_month_is_none(desk):
    request = desk.asked()
    extend_request(
        request, reason="veel verzoeken", told_on=today(), by=desk.inspector, opened=desk.opened
    )
    with pytest.raises(Refused, match="eerste maand"):
        correct(desk, request, received_on=today() - timedelta(days=60))


def test_when_somebody_else_asks_it_is_checked_again_who(desk):
    request = desk.asked()
    assert stage(request) is Stage.WEIGHING
    correct(desk, request, asker="ouder")
    assert stage(request) is Stage.IDENTITY


def test_whoever_asks_by_another_name_is_checked_again(desk):
    request = desk.asked()
    correct(desk, request, contact="moniek@voorbeeld.example")
    assert stage(request) is Stage.WEIGHING
    correct(desk, request, name="Wim de Boer", contact="moniek@voorbeeld.example")
    assert stage(request) is Stage.IDENTITY


@pytest.mark.parametrize("other", [{"asker": "beklaagde"}, {"name": "Wim de Boer"}])
def test_what_was_agreed_for_one_is_not_agreed_for_another(desk, other):
    request = desk.asked()
    desk.weigh_all(request)
    seen = desk.agree(request).contents
    assert stage(request) is Stage.LETTER
    correct(desk, request, **other)
    desk.identified(request)
    assert stage(request) is Stage.SECOND_LOOK
    with pytest.raises(Refused):
        desk.send(request, seen=seen)
    desk.agree(PrivacyRequest.objects.get())
    assert stage(request) is Stage.LETTER


def test_another_question_is_possible_until_something_was_decided(desk):
    request = desk.asked()
    correct(desk, request, kind="wissing")
    assert PrivacyRequest.objects.get().kind == "wissing"
    key = state_of(PrivacyRequest.objects.get()).documents[0].key
    desk.weigh(PrivacyRequest.objects.get(), key, "gaat niet over de vrager")
    with pytest.raises(Refused, match="al iets besloten"):
        correct(desk, PrivacyRequest.objects.get(), kind="inzage")


def test_a_restriction_that_stands_already_was_decided(desk):
    request = desk.asked(kind="beperking")
    dossier = state_of(request).dossiers[0]
    restrict_for_now(request, dossier, ground="juistheid-betwist", by=desk.inspector)
    with pytest.raises(Refused, match="al iets besloten"):
        correct(desk, request, kind="inzage")


def test_words_are_sealed_anew_only_where_they_differ(desk):
    request = desk.asked(contact="moniek@voorbeeld.example", words="Alles.")
    before = SealedText.objects.filter(data_key__record=request.record).count()
    correct(desk, request, contact="nieuw@voorbeeld.example", words="Alles.")
    rows = SealedText.objects.filter(data_key__record=request.record)
    assert rows.count() == before + 1
    assert "nieuw@" not in str(list(Line.objects.values()))


def test_of_two_who_put_it_right_the_second_is_told_that_it_changed(desk):
    request = desk.asked()
    seen = written_down(request, opened=desk.opened).digest
    correct(desk, request, words="Alles over mij.", seen=seen)
    with pytest.raises(Refused, match="veranderde dit intussen"):
        correct(desk, request, words="Iets anders.", seen=seen)
    assert written_down(request, opened=desk.opened).words == "Alles over mij."


def test_two_parents_who_ask_the_same_on_one_day_are_two_requests(desk):
    dossier = desk.told()
    mother = desk.asked(dossier, asker="ouder", name="Moniek van Dalen", identified=False)
    again = desk.asked(dossier, asker="ouder", name="Moniek van Dalen", identified=False)
    father = desk.asked(dossier, asker="ouder", name="Ruben van Dalen", identified=False)
    assert mother == again and father != mother


def test_two_receivers_told_on_one_day_are_two_rows(desk):
    request = desk.asked(kind="beperking")
    desk.weigh_all(request, "beperken", ground="juistheid-betwist")
    desk.agree(request)
    desk.send(request)
    facts = {"receiver": "een ander", "telling": "verteld", "on": today(), "by": desk.inspector}
    for words in ("De huisarts.", "De huisarts.", "De voogd."):
        tell_receiver(request, opened=desk.opened, words=words, **facts)
    assert request.told.count() == 2


def test_what_was_withdrawn_by_mistake_goes_on_with_the_same_term(desk):
    request = desk.asked()
    due = request.due_on
    with pytest.raises(Refused, match="niet ingetrokken"):
        take_back_withdrawal(request, by=desk.inspector)
    withdraw_request(request, on=today(), by=desk.inspector)
    take_back_withdrawal(request, by=desk.second)
    request.refresh_from_db()
    assert request.is_open and request.due_on == due and stage(request) is Stage.WEIGHING


# Given back where there is no document


def test_nothing_found_that_was_given_back_is_looked_at_again_once_it_was_searched_again(desk):
    request = desk.asked()
    dossier = state_of(request).dossiers[0]
    from vertrouwd.privacy_requests.actions import take_out_dossier

    take_out_dossier(request, dossier, by=desk.inspector)
    find_nothing(request, by=desk.inspector)
    desk.give_back(PrivacyRequest.objects.get(), "Zoek ook op de naam van de school.")
    assert stage(request) is Stage.RETURNED
    find_nothing(request, by=desk.inspector)
    assert stage(request) is Stage.SECOND_LOOK
    desk.agree(PrivacyRequest.objects.get())
    assert stage(request) is Stage.LETTER


def test_an_identity_that_was_given_back_is_looked_at_again_once_it_was_checked_again(desk):
    request = desk.identified(desk.asked(identified=False), "niet vast te stellen")
    desk.give_back(request, "Bel terug.")
    assert stage(request) is Stage.RETURNED
    desk.identified(request, "niet vast te stellen")
    assert stage(request) is Stage.SECOND_LOOK
