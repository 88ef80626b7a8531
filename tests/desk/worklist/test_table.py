"""The table of a list is written by Python: what it says, and that none of it is read as HTML."""

import pytest

from tests.factories import make_institution
from vertrouwd.dossiers.access import FEW
from vertrouwd.dossiers.life import close
from vertrouwd.dossiers.models import Assignment, Dossier

EVIL = """<i>"&'"""
ESCAPED = "&lt;i&gt;&quot;&amp;&#x27;"


def test_whatever_a_row_says_is_text_and_never_html(desk):
    desk.inspector.name = EVIL
    desk.inspector.save()
    school = make_institution(name=EVIL, town=EVIL)
    dossier = desk.dossier(institution=school)
    Dossier.objects.filter(pk=dossier.pk).update(
        category=EVIL, subcategory=EVIL, sector=EVIL, institution=school
    )
    desk.task(dossier, in_days=3, owner=desk.inspector)
    for address in ("/dossiers", "/dossiers?lijst=termijn"):
        table = desk.get(address).partition("<tbody")[2].partition("</tbody>")[0]
        assert "<i>" not in table
        assert table.count(ESCAPED) >= 6


def test_the_table_speaks_the_language_of_the_page(desk):
    desk.task(desk.dossier(), in_days=-1)
    assert '<span class="tag now">te laat</span>' in desk.get()
    desk.client.cookies["taal"] = "en"
    page = desk.get()
    assert '<span class="tag now">late</span>' in page
    assert 'data-label="Termijn"' not in page


@pytest.mark.parametrize("on_duty", [False, True])
def test_who_has_few_and_who_has_many_see_the_same_rows(desk, on_duty, monkeypatch):
    own, closed, left = desk.dossier(), desk.dossier(), desk.unseen()
    close(closed, outcome="advies gegeven", by=desk.inspector)
    if on_duty:
        desk.duty()
    lists = ("mijn", "team", "gesloten")
    few = [rows(desk, each) for each in lists]
    assert own.reference in few[0]
    assert closed.reference in few[2]
    assert (left.reference in few[1]) is on_duty
    monkeypatch.setattr("vertrouwd.dossiers.access.FEW", 1)
    assert Assignment.objects.filter(user=desk.inspector).count() > 1
    assert [rows(desk, each) for each in lists] == few
    assert FEW > 1


def rows(desk, of: str) -> str:
    page = desk.get(f"/dossiers?lijst={of}")
    return page.partition("<tbody")[2].partition("</tbody>")[0]
