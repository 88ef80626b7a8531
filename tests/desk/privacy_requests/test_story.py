"""Stories through the pages: a parent asks for access, somebody wants a correction, a dossier is
left alone."""

from django.test import Client

from tests.privacy_requests.privacy_desk import NAME, OTHER, STORY
from vertrouwd.audit.models import Line
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.reading import state_of

ASKS = "Ik wil weten wat er over mij en mijn zoon staat."


def registered(pages, dossier, *, day, kind="inzage", asker="ouder") -> PrivacyRequest:
    """Written down on the page, with who asks checked."""
    form = {
        "kind": kind, "asker": asker, "received_on": day.isoformat(),
        "reference": dossier.reference, "name": NAME, "contact": "moniek@voorbeeld.example",
        "words": ASKS,
    }  # fmt: skip
    response = pages.first.post("/verzoeken/nieuw", form)
    assert response.status_code == 302, response.content.decode()
    request = PrivacyRequest.objects.latest("pk")
    assert response["Location"] == f"/verzoeken/{request.reference}"
    who = {"how": "identiteitsbewijs gezien", "on": day.isoformat(), "authority_seen": "on"}
    pages.post(request, "/wie", **who)
    request.refresh_from_db()
    return request


def test_a_parent_asks_for_access_and_gets_a_part_after_four_eyes(pages, a_week_ago, today):
    dossier = pages.told()
    report = dossier.reports.get()
    request = registered(pages, dossier, day=a_week_ago)
    page = pages.get(request)
    assert NAME in page and ASKS in page and "0 van 5 gewogen" in page
    assert STORY not in page and "Moeder belde terug" not in page  # never what it says

    story = f"{report.reference}.narrative"
    assert STORY in pages.get(request, f"/wegen?stuk={story}")
    refused = {"outcome": "weigeren", "ground": OTHER, "why": "Bram is van een ander."}
    pages.weigh_by_form(request, story, **refused)
    for key in sorted(state_of(request).unweighed):
        pages.weigh_by_form(request, key)
    assert "5 van 5 gewogen" in pages.get(request)
    assert "Een collega kijkt het na" in pages.get(request, "/nakijken")

    page = pages.get(request, "/nakijken", by=pages.other)
    assert "Bram is van een ander." in page
    seen = state_of(request).contents
    pages.post(request, "/nakijken", by=pages.other, verdict="akkoord", seen=seen)

    page = pages.get(request, "/brief")
    letter = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "- een aantekening van" in letter
    assert "rechten en vrijheden van anderen" in letter
    assert "wat er is verteld" not in letter and "Bram" not in letter
    assert "Autoriteit Persoonsgegevens" in letter and "bezwaar" in letter
    sent = {"letter": f"Geachte {NAME}, u krijgt een deel.", "on": today.isoformat(), "seen": seen}
    assert "is er een ander in te herkennen" in pages.post(request, "/brief", status=400, **sent)
    pages.post(request, "/brief", nobody_else="on", **sent)

    request.refresh_from_db()
    assert request.sent_on == today
    assert "u krijgt een deel." in pages.get(request, "/brief")
    assert "Er verandert niets meer." in pages.get(request)
    lines = str(list(Line.objects.values()))
    assert not any(word in lines for word in (NAME, "Bram", "zoon", "moniek"))


def test_somebody_who_wants_a_correction_gets_an_own_statement_in_the_file(
    pages, a_week_ago, today
):
    dossier = pages.told()
    request = registered(pages, dossier, day=a_week_ago, kind="rectificatie", asker="beklaagde")
    key = f"{dossier.reference}.whole"
    assert "Lees het dossier op zijn eigen bladzijde" in pages.get(request, f"/wegen?stuk={key}")
    mine = "Ik heb niet met de deur geslagen."
    missing = pages.weigh_by_form(
        request, key, status=400, outcome="eigen verklaring toevoegen", ground="niet-onjuist"
    )
    assert 'href="#id_statement"' in missing
    pages.weigh_by_form(
        request, key, outcome="eigen verklaring toevoegen", ground="niet-onjuist", statement=mine
    )
    seen = state_of(request).contents
    pages.post(request, "/nakijken", by=pages.other, verdict="akkoord", seen=seen)
    pages.post(
        request, "/brief", letter="Geachte,", on=today.isoformat(), seen=seen, nobody_else="on"
    )
    response = pages.first.get(f"/dossiers/{dossier.reference}")
    page = response.content.decode()
    assert mine in page and STORY in page  # added, and nothing overwritten

    told = {"receiver": "bevoegd gezag of houder", "telling": "verteld", "on": today.isoformat()}
    pages.post(request, "/ontvangers", **told)
    assert "bevoegd gezag of houder: verteld" in pages.get(request)


def test_a_dossier_that_is_left_alone_says_so_on_top_until_the_asker_was_told(
    pages, a_week_ago, today
):
    dossier = pages.told()
    request = registered(pages, dossier, day=a_week_ago, kind="beperking", asker="betrokkene")
    held = {"dossier": dossier.reference, "ground": "juistheid-betwist"}
    pages.post(request, "/beperken", **held)

    def page() -> str:
        return pages.first.get(f"/dossiers/{dossier.reference}").content.decode()

    assert "wordt dit dossier alleen bewaard" in page()
    pages.weigh_by_form(
        request, f"{dossier.reference}.whole", outcome="beperken", ground="juistheid-betwist"
    )
    seen = state_of(request).contents
    pages.post(request, "/nakijken", by=pages.other, verdict="akkoord", seen=seen)
    pages.post(
        request, "/brief", letter="Geachte,", on=today.isoformat(), seen=seen, nobody_else="on"
    )
    assert request.restrictions.count() == 1
    where = f"/opheffen?dossier={dossier.reference}"
    tomorrow = today.replace(year=today.year + 1).isoformat()
    assert "Vertel het eerst" in pages.post(request, where, status=400, asker_told_on=tomorrow)
    pages.post(request, where, asker_told_on=today.isoformat())
    assert "wordt dit dossier alleen bewaard" not in page()


def test_who_asked_is_not_told_anything_before_it_is_known_who_they_are(pages, a_week_ago):
    form = {
        "kind": "inzage", "asker": "ouder", "received_on": a_week_ago.isoformat(),
        "reference": pages.told().reference,
    }  # fmt: skip
    pages.first.post("/verzoeken/nieuw", form)
    request = PrivacyRequest.objects.get()
    page = pages.post(
        request, "/wie", status=400, how="identiteitsbewijs gezien", on=a_week_ago.isoformat()
    )
    assert "Zie eerst de machtiging of het gezag" in page
    assert 'href="#id_authority_seen"' in page
    pages.post(request, "/wie", how="niet vast te stellen", on=a_week_ago.isoformat())
    assert "Er wordt geen stuk gewogen" in pages.get(request)
    seen = state_of(PrivacyRequest.objects.get()).contents
    pages.post(request, "/nakijken", by=pages.other, verdict="akkoord", seen=seen)
    assert "Wij zeggen hiermee niet of wij gegevens over u hebben" in pages.get(request, "/brief")


def test_the_page_of_a_dossier_leads_to_a_new_request_about_it(pages):
    dossier = pages.told()
    page = pages.first.get(f"/dossiers/{dossier.reference}").content.decode()
    assert "Niemand vroeg om inzage" in page
    form = pages.first.get(f"/verzoeken/nieuw?dossier={dossier.reference}").content.decode()
    assert f'value="{dossier.reference}"' in form
    strange = Client.get(pages.first, "/verzoeken/nieuw?dossier=Jan").content.decode()
    assert "Jan" not in strange


def test_somebody_who_wants_to_be_erased_gets_a_reasoned_answer_and_nothing_goes_of_itself(
    pages, a_week_ago, today
):
    dossier = pages.told()
    request = registered(pages, dossier, day=a_week_ago, kind="wissing", asker="beklaagde")
    page = pages.get(request)
    assert "wissing (AVG 17)" in page and "0 van 5 gewogen" in page
    assert "Er wordt niets vanzelf gewist" in page
    keys = sorted(state_of(request).unweighed)
    form = pages.get(request, f"/wegen?stuk={keys[0]}")
    assert '<optgroup label="wissen">' in form and '<optgroup label="weigeren">' in form
    assert "Bewaarplicht volgens de Archiefwet" in form and "te controleren" in form
    wrong = pages.weigh_by_form(request, keys[0], status=400, outcome="wissen")
    assert 'href="#id_ground"' in wrong
    kept = {"outcome": "weigeren", "ground": "archiefplicht", "why": "De selectielijst."}
    for key in keys:
        pages.weigh_by_form(request, key, **kept)
    seen = state_of(request).contents
    pages.post(request, "/nakijken", by=pages.other, verdict="akkoord", seen=seen)
    assert "Laat het in het midden" in pages.get(request, "/brief")
    assert "dan wissen wij die niet" in pages.get(request, "/brief?neutraal=1")
    sent = {"letter": "Geachte,", "on": today.isoformat(), "seen": seen, "nobody_else": "on"}
    pages.post(request, "/brief", **sent)
    page = pages.first.get(f"/dossiers/{dossier.reference}").content.decode()
    assert STORY in page  # of what is kept, and of what is to be erased until two people do it


def test_a_mistake_in_what_was_written_down_is_put_right(pages, a_week_ago, today):
    request = registered(pages, pages.told(), day=a_week_ago)
    form = pages.get(request, "/verbeteren")
    seen = form.partition('name="seen" value="')[2].partition('"')[0]
    assert f'value="{NAME}"' in form and ASKS in form
    right = {
        "kind": "wissing", "asker": "melder", "received_on": (a_week_ago).isoformat(),
        "name": "Moniek de Jong", "contact": "", "words": ASKS,
        "seen": seen,
    }  # fmt: skip
    assert 'href="#id_asker"' in pages.post(
        request, "/verbeteren", status=400, **right | {"asker": ""}
    )
    pages.post(request, "/verbeteren", **right)
    page = pages.get(request)
    assert "Moniek de Jong" in page and NAME not in page and "moniek@" not in page
    assert "wissing (AVG 17)" in page and "nog niet nagegaan" in page

    pages.post(request, "/intrekken", on=today.isoformat())
    assert "Het is niet ingetrokken" in pages.get(request)
    pages.post(request, "/terug")
    assert "Nu aan de beurt" in pages.get(request)


def test_a_page_that_does_not_fit_the_request_leads_back_and_says_why(pages):
    request = pages.asked()
    for where, why in (("/beperken", "Nu beperken kan niet"), ("/ontvangers", "die is besloten")):
        assert pages.first.get(f"/verzoeken/{request.reference}{where}").status_code == 302
        assert why in pages.get(request)
    unknown = pages.asked(pages.told(), identified=False)
    key = state_of(unknown).documents[0].key
    assert "pas gewogen als is nagegaan wie vraagt" in pages.get(unknown, f"/wegen?stuk={key}")
