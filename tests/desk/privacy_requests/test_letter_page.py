"""The page of the letter: shown as it was typed, warned of a name, sealed when it was sent."""

import pytest

from tests.privacy_requests.privacy_desk import NAME
from vertrouwd.audit.models import Line
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.reading import state_of


@pytest.fixture
def request_(pages):
    request = pages.asked()
    pages.weigh_all(request)
    pages.agree(request)
    return request


def form(request, letter, today, **more):
    facts = {"letter": letter, "on": today.isoformat(), "seen": state_of(request).contents}
    return facts | {"nobody_else": "on"} | more


def test_the_letter_is_shown_as_it_was_typed_and_nothing_is_kept(pages, request_, today):
    typed = form(request_, "Geachte heer, dit is mijn brief.", today, show="1")
    page = pages.post(request_, "/brief", status=200, **typed)
    assert page.count("Geachte heer, dit is mijn brief.") == 2  # to go on with, and on paper
    assert PrivacyRequest.objects.get().sent_on is None
    assert "mijn brief" not in pages.get(request_, "/brief")


def test_a_name_of_the_dossier_in_the_letter_is_pointed_out_once(pages, request_, today):
    letter = f"Geachte {NAME}, wij spraken ook met Wim."
    page = pages.post(request_, "/brief", status=400, **form(request_, letter, today))
    assert "<strong>Wim</strong>" in page and "Kijk of dat mag" in page
    warned = page.partition('name="warned" value="')[2].partition('"')[0]
    pages.post(request_, "/brief", **form(request_, letter, today, warned=warned))
    assert PrivacyRequest.objects.get().sent_on == today
    assert "Wim" not in str(list(Line.objects.values()))


def test_a_letter_with_a_blank_in_it_was_not_sent_yet(pages, request_, today):
    letter = f"Geachte {NAME}, wij maken een afspraak. Schrijf aan: [adres voor bezwaar]. [sic]"
    page = pages.post(request_, "/brief", status=400, **form(request_, letter, today))
    assert "Vul eerst in: [adres voor bezwaar]." in page
    filled = letter.replace("[adres voor bezwaar]", "Postbus 1")
    pages.post(request_, "/brief", **form(request_, filled, today))
    assert PrivacyRequest.objects.get().sent_on == today


def test_the_own_name_of_the_asker_warns_of_nothing(pages, request_, today):
    pages.post(request_, "/brief", **form(request_, f"Geachte {NAME}, beste Moniek.", today))
    assert PrivacyRequest.objects.get().sent_on == today


def test_without_a_second_person_there_is_no_letter(pages, today):
    request = pages.asked()
    assert "Er is nog geen brief." in pages.get(request, "/brief")
    page = pages.post(request, "/brief", status=400, **form(request, "Geachte,", today))
    assert PrivacyRequest.objects.get().sent_on is None and "textarea" not in page


def test_a_letter_can_leave_open_whether_there_is_anything(pages):
    request = pages.asked()
    for key in sorted(state_of(request).unweighed):
        pages.refuse(request, key)
    pages.agree(request)
    assert "Laat het in het midden" in pages.get(request, "/brief")
    assert "Wij zeggen niet of" in pages.get(request, "/brief?neutraal=1")
