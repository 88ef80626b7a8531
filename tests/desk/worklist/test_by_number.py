"""To a dossier by a number, also by the one that a reporter who lost the code says on the phone."""

import pytest

from vertrouwd.audit.models import Line
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.sealing.reporter_codes import new_reference

MISCOPIED = "V-7K3-M9Q-TXA"


def numbered(dossier: Dossier) -> str:
    """Its reporter was given a number."""
    number = new_reference()
    Report.objects.filter(dossier=dossier).update(mailbox=number)
    return number


def go(desk, typed: str):
    return desk.client.post("/dossiers", {"reference": typed})


def test_a_reporter_who_lost_the_code_is_found_by_the_number_also_after_a_joining(desk):
    one, other = desk.dossier(), desk.dossier()
    number = numbered(other)
    assert go(desk, number).url == f"/dossiers/{other.reference}"
    assert go(desk, number.lower().replace("-", " ")).url == f"/dossiers/{other.reference}"
    join_dossiers(other, into=one, reason="anders", by=desk.inspector)
    assert go(desk, number).url == f"/dossiers/{one.reference}"
    assert number not in str(list(Line.objects.values()))


def test_a_number_of_nobody_and_one_of_a_dossier_that_one_may_not_open_are_the_same(desk):
    hidden = numbered(desk.unseen())
    for number in (hidden, new_reference()):
        answer = go(desk, number)
        assert answer.status_code == 200
        assert "U kunt geen dossier openen van een melder met dit nummer" in answer.content.decode()
        assert Line.objects.filter(action="look", kind="dossier").last().object == ""
    assert number not in str(list(Line.objects.values()))
    desk.duty()
    assert go(desk, hidden).status_code == 302


@pytest.mark.parametrize("typed", [MISCOPIED, "Vandenbroeke", "V", "V-7K3-M9Q"])
def test_what_was_miscopied_or_is_a_name_leads_nowhere(desk, typed):
    answer = go(desk, typed)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()


def test_the_number_of_a_dossier_still_leads_there(desk):
    dossier = desk.dossier()
    assert go(desk, f"D-{dossier.pk}").url == f"/dossiers/{dossier.reference}"
    assert go(desk, str(dossier.pk)).url == f"/dossiers/{dossier.reference}"
