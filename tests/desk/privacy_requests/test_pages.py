"""The pages of requests: what each shows to whom, and what a mistake says."""

from datetime import timedelta

import pytest

from tests.on_a_page import in_one_line
from tests.privacy_requests.privacy_desk import NAME
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.notes import add_note
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.reading import state_of

# The lists


def test_the_list_says_what_is_late_in_words_and_names_nobody(pages, a_week_ago):
    late = pages.asked(received_on=a_week_ago - timedelta(days=60))
    soon = pages.asked()
    page = pages.first.get("/verzoeken").content.decode()
    assert page.index(late.reference) < page.index(soon.reference)
    assert "Te laat: dit had gemoeten op" in in_one_line(page) and "nog" in in_one_line(page)
    assert NAME not in page and "wegen" in page
    line = Line.objects.filter(action="list", kind="request").latest("pk")
    assert line.detail == {"count": 2}


def test_an_empty_list_says_so(pages):
    assert "Er wacht geen verzoek." in pages.first.get("/verzoeken").content.decode()


def test_the_privacy_officer_sees_clocks_and_nothing_of_who_or_what(pages, a_week_ago):
    officer = pages.somebody(Role.PRIVACY_OFFICER)
    assert "Er is nog geen verzoek gedaan." in officer.get("/verzoeken/toezicht").content.decode()
    late = pages.asked(asker="beklaagde", received_on=a_week_ago - timedelta(days=60))
    answered = pages.answered(pages.asked())
    page = officer.get("/verzoeken/toezicht").content.decode()
    assert late.reference in page and answered.reference in page
    assert "1 verzoek is te laat." in page and "beantwoord op" in page
    dossier = late.about.get().dossier.reference
    for word in (NAME, dossier, "beklaagde", f"/verzoeken/{late.reference}"):
        assert word not in page
    assert officer.get(f"/verzoeken/{late.reference}").status_code == 404
    assert "1 verzoek is te laat." in officer.get("/").content.decode()


# Mistakes


def test_a_mistake_leads_to_its_field(pages):
    response = pages.first.post("/verzoeken/nieuw", {"reference": "D-9999999", "name": NAME})
    page = response.content.decode()
    assert response.status_code == 400
    for field in ("kind_0", "asker", "received_on"):
        assert f'href="#id_{field}"' in page and f'id="id_{field}"' in page
    assert NAME in page and not PrivacyRequest.objects.exists()


@pytest.mark.parametrize("reference", ["D-9999999", "the one of a colleague"])
def test_a_dossier_one_may_not_open_is_not_there(pages, a_week_ago, reference):
    if not reference.startswith("D-"):
        reference = pages.dossier(pages.colleague()).reference
    form = {"kind": "inzage", "asker": "ouder", "received_on": a_week_ago.isoformat()}
    response = pages.first.post("/verzoeken/nieuw", form | {"reference": reference})
    assert response.status_code == 400
    assert "Dit dossier is er niet." in response.content.decode()


def test_without_a_dossier_only_who_may_look_it_up_begins_a_request(pages, a_week_ago):
    form = {"kind": "inzage", "asker": "ouder", "received_on": a_week_ago.isoformat()}
    response = pages.first.post("/verzoeken/nieuw", form)
    assert 'href="#id_reference"' in response.content.decode()
    keeper = pages.browser(pages.coordinator)
    assert keeper.post("/verzoeken/nieuw", form).status_code == 302


# Around it


def test_it_is_prolonged_and_withdrawn_on_pages(pages, today):
    request = pages.asked()
    wrong = pages.post(request, "/verlengen", status=400, told_on=today.isoformat())
    assert 'href="#id_reason_0"' in wrong
    pages.post(request, "/verlengen", reason="veel verzoeken", told_on=today.isoformat())
    assert "verlengd" in pages.get(request)
    pages.post(request, "/intrekken", on=today.isoformat())
    assert "De vrager trok het verzoek in." in pages.get(request)
    assert "Dit verzoek is ingetrokken." in pages.post(
        request, "/wie", status=400, how="code van de melder", on=today.isoformat()
    )


@pytest.mark.parametrize("where", ["/wie", "/dossiers", "/verlengen", "/intrekken", "/verbeteren"])
def test_the_form_of_an_act_is_not_offered_once_the_request_ended(pages, today, where):
    request = pages.asked()
    pages.post(request, "/intrekken", on=today.isoformat())
    assert pages.first.get(f"/verzoeken/{request.reference}{where}").status_code == 302
    assert "Dit verzoek is ingetrokken." in pages.get(request)


def test_a_request_is_prolonged_once(pages, today):
    request = pages.asked()
    pages.post(request, "/verlengen", reason="veel verzoeken", told_on=today.isoformat())
    assert pages.first.get(f"/verzoeken/{request.reference}/verlengen").status_code == 302
    assert "Vaker mag niet." in pages.get(request)


def test_dossiers_are_added_and_taken_out_and_nothing_is_found(pages):
    one, other = pages.told(), pages.told()
    request = pages.asked(one)
    assert "Dit dossier hoort al" in pages.post(
        request, "/dossiers", status=400, reference=one.reference
    )
    pages.post(request, "/dossiers", reference=other.reference)
    assert other.reference in pages.get(request)
    for each in (one, other):
        pages.post(request, "/dossiers/weg", reference=each.reference)
    assert request.about.filter(taken_out_at__isnull=True).count() == 0


def test_a_text_that_comes_later_is_shown_as_still_to_be_weighed(pages):
    request = pages.asked()
    pages.weigh_all(request)
    dossier = state_of(request).dossiers[0]
    add_note(dossier, kind="aantekening", words="Nog.", by=pages.second, opened=pages.opened)
    page = in_one_line(pages.get(request))
    assert "5 van 6 gewogen" in page and "nog te wegen" in page


def test_a_dossier_that_went_elsewhere_is_pointed_at(pages):
    from vertrouwd.dossiers.actions import join

    one, other = pages.told(), pages.told()
    request = pages.asked(one)
    join(one, into=other, by=pages.inspector)
    page = pages.get(request)
    assert f"De meldingen van {one.reference} staan nu in een ander dossier." in in_one_line(page)
    assert f'href="/dossiers/{other.reference}"' in page


def test_the_pages_are_there_in_english_and_the_letter_stays_dutch(pages):
    pages.first.cookies["taal"] = "en"
    request = pages.asked()
    assert "Weigh the next document" in pages.get(request)
    key = state_of(request).documents[0].key
    page = pages.get(request, f"/wegen?stuk={key}")
    assert (
        "Rights and freedoms of others (AVG 15 lid 4" in page and "is not about the asker" in page
    )
    pages.weigh_all(request)
    pages.agree(request)
    assert "Op welke" not in page and "Geachte [naam]" in pages.get(request, "/brief")


def test_in_english_a_restriction_is_no_disability(pages):
    pages.first.cookies["taal"] = "en"
    request = pages.asked(kind="beperking")
    for page in (pages.get(request), pages.first.get("/verzoeken").content.decode()):
        assert "restriction" in page and "disability" not in page
    assert "disability" not in pages.first.get("/verzoeken/nieuw").content.decode()


def test_who_weighed_reads_who_can_look_after_it(pages):
    request = pages.asked()
    pages.weigh_all(request)
    assert "Dat kan: Tweede Persoon." in in_one_line(pages.get(request))
    assert "Dat kan" not in in_one_line(pages.get(request, by=pages.other))
    handled = request.about.get().dossier.assignments.get(user=pages.second)
    handled.until, handled.ended_by = handled.since, pages.coordinator
    handled.save()
    assert "Nog niemand anders behandelt dit dossier." in in_one_line(pages.get(request))


def test_the_work_list_marks_a_dossier_that_is_left_alone_also_after_it_was_joined(pages):
    from vertrouwd.dossiers.actions import join
    from vertrouwd.privacy_requests.restricting import restrict_for_now

    one, other = pages.told(), pages.told()
    assert "beperkt" not in pages.first.get("/dossiers").content.decode()
    request = pages.asked(one, kind="beperking")
    restrict_for_now(request, one, ground="juistheid-betwist", by=pages.inspector)
    page = in_one_line(pages.first.get("/dossiers").content.decode())
    assert f"{one.reference} beperkt" in page and f"{other.reference} beperkt" not in page
    join(one, into=other, by=pages.inspector)
    page = in_one_line(pages.first.get("/dossiers").content.decode())
    assert f"{other.reference} beperkt" in page
    assert "wordt dit dossier alleen bewaard" in in_one_line(
        pages.first.get(f"/dossiers/{other.reference}").content.decode()
    )
