"""A report is corrected from the page of its dossier."""

import re
from html import unescape

from tests.dossiers.casework import handle, supervise
from tests.factories import make_dossier, make_institution
from vertrouwd.dossiers.models import Correction
from vertrouwd.duties.actions import assess_dossier
from vertrouwd.duties.facts import Facts
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

SELECT = re.compile(r'<select name="(\w+)".*?</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected')
TYPED = re.compile(r'<input type="(?:date|text|hidden)" name="(\w+)"(?: value="([^"]*)")?')
RADIO = re.compile(r'<input type="radio" name="(institution)" value="([^"]*)"[^>]* checked')


def form_on(page: str) -> dict[str, str]:
    """The answers as the page shows them."""
    part = page[page.index('<form class="correct"') :]
    chosen = {m[1]: CHOSEN.search(m[0]) for m in SELECT.finditer(part)}
    found = {name: unescape(m[1]) if m else "" for name, m in chosen.items()}
    found |= {name: unescape(value) for name, value in TYPED.findall(part)}
    found |= dict(RADIO.findall(part))
    return found | {"reason": "verkeerd genoteerd"}


def there(dossier) -> str:
    return f"/verbeteren?melding={dossier.reports.get().reference}"


def test_a_report_is_corrected_and_what_it_was_is_read_on_the_dossier(desk):
    dossier = desk.dossier(affected_age=10)
    page = desk.page(dossier)
    assert f"/dossiers/{dossier.reference}{there(dossier)}" in page
    form = form_on(desk.page(dossier, there(dossier)))
    assert (form["affected_age"], form["received_on"]) == ("10", "2023-04-17")
    desk.sent(dossier, there(dossier), **form | {"affected_age": "12"})
    page = desk.page(dossier)
    assert "Leeftijd van de betrokkene: 10 → 12" in page
    assert "1 antwoord is verbeterd" in page
    assert "Verbeterd: Leeftijd van de betrokkene (M-" in page
    assert dossier.reports.get().affected_age == 12


def test_a_form_that_changes_nothing_or_says_no_why_is_refused_in_words(desk):
    dossier = desk.dossier()
    form = form_on(desk.page(dossier, there(dossier)))
    answer = desk.send(dossier, there(dossier), **form)
    assert answer.status_code == 400
    assert "U hebt niets veranderd." in answer.content.decode()
    answer = desk.send(dossier, there(dossier), **form | {"reason": "", "affected_age": "12"})
    assert "Kies waarom u verbetert." in answer.content.decode()
    assert not Correction.objects.exists()


def test_the_second_of_two_sees_what_changed_and_loses_nothing(desk, colleague):
    dossier = desk.dossier(affected_age=10, subcategory="pesten")
    handle(dossier, colleague.user)
    form = form_on(desk.page(dossier, there(dossier)))
    theirs = {"subcategory": "psychisch geweld: bedreiging", "place": "online"}
    colleague.sent(dossier, there(dossier), **form | theirs)
    answer = desk.send(dossier, there(dossier), **form | {"affected_age": "12"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Een collega was u voor" in page
    assert "Plaats: op school → online" in page
    again = form_on(page)
    assert (again["affected_age"], again["place"]) == ("12", "online")
    assert again["subcategory"] == "psychisch geweld: bedreiging"
    desk.sent(dossier, there(dossier), **again)
    report = dossier.reports.get()
    assert (report.affected_age, report.place, report.subcategory) == (12, "online", "bedreiging")


def test_a_school_that_was_not_recognised_is_found_chosen_and_taken_over(desk):
    dossier = desk.dossier(institution_as_given="de Regenboog bij de kerk")
    school = make_institution(name="Basisschool De Regenboog")
    page = desk.page(dossier, there(dossier))
    assert "de Regenboog bij de kerk" in page
    form = form_on(page)
    assert form["institution"] == "none"
    answer = desk.send(
        dossier, there(dossier), **form | {"school": "regenbog", "do": "search", "place": "online"}
    )
    found = answer.content.decode()
    assert f'value="i{school.pk}"' in found
    assert form_on(found)["place"] == "online"
    chosen = form_on(found) | {"institution": f"i{school.pk}", "reason": "instelling herkend"}
    desk.sent(dossier, there(dossier), **chosen)
    page = desk.page(dossier, there(dossier))
    assert "Neem de instelling over" in page
    report = dossier.reports.get()
    for _ in range(2):
        desk.sent(dossier, "/overnemen", report=report.reference, field="institution")
    dossier.refresh_from_db()
    assert dossier.institution == school
    assert "Neem de instelling over" not in desk.page(dossier, there(dossier))


def test_the_coding_and_the_duties_are_offered_as_a_next_step_and_not_changed(desk):
    dossier = desk.dossier()
    assess_dossier(dossier, facts=Facts(), by=desk.user)
    form = form_on(desk.page(dossier, there(dossier)))
    changed = {"category": "discriminatie", "subcategory": ""}
    desk.sent(dossier, there(dossier), **form | changed)
    page = desk.page(dossier, there(dossier))
    assert f'href="/dossiers/{dossier.reference}/codering"' in page
    assert f'href="/dossiers/{dossier.reference}/plichten"' in page
    assert "De cijfers van een jaar dat is vastgelegd veranderen niet." in page
    dossier.refresh_from_db()
    assert dossier.category == "psychisch geweld"


def test_who_supervises_the_school_is_led_away_and_the_dossier_is_gone_for_them(desk):
    dossier, school = desk.dossier(), make_institution(name="Basisschool De Regenboog")
    supervise(desk.user, school)
    form = form_on(desk.page(dossier, there(dossier)))
    assert desk.sent(dossier, there(dossier), **form | {"institution": f"i{school.pk}"}) == (
        "/dossiers"
    )
    assert "U houdt toezicht op deze instelling" in desk.client.get("/dossiers").content.decode()
    desk.page(dossier, status=404)


def test_a_report_of_another_dossier_is_not_corrected_here(desk):
    dossier, other = desk.dossier(), make_dossier()
    form = form_on(desk.page(dossier, there(dossier)))
    where = desk.sent(dossier, there(other), **form | {"affected_age": "12"})
    assert where.endswith("#meldingen")
    desk.sent(dossier, "/overnemen", report=other.reports.get().reference, field="institution")
    assert not Correction.objects.exists()


def test_the_number_of_the_file_stands_with_the_report_and_the_told_words_never_in_the_form(desk):
    dossier = desk.dossier(external_id="2023-0042")
    seal_texts(
        dossier.reports.get().record, Purpose.THREAD, {"narrative": "Hij dreigde."}, by=desk.user
    )
    page = desk.page(dossier)
    assert "Nummer in het bestand" in page
    assert "2023-0042" in page
    assert "Hij dreigde." not in desk.page(dossier, there(dossier))


def test_nonsense_in_the_search_for_a_school_is_answered_with_the_page(desk):
    dossier = desk.dossier()
    form = form_on(desk.page(dossier, there(dossier)))
    for typed in ("\0", "x" * 5000, "i99999999999999999999"):
        sent = form | {"school": typed, "institution": typed, "do": "search"}
        assert desk.send(dossier, there(dossier), **sent).status_code == 200
    assert not Correction.objects.exists()
