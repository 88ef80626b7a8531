"""Parents and accused are told before the filing: WPO 4a has a clause on it, Wko 1.51b has none."""

import pytest

from tests.duties.fact_sheets import CHILDCARE_WORKER_HITS_TODDLER, TEACHER_AND_PUPIL_OF_9
from vertrouwd.duties.actions import assess_dossier

ASKED, NOT_ASKED = "Vóór de aangifte.", "De Wet kinderopvang vraagt dit niet."


@pytest.mark.parametrize(
    ("facts", "sector", "said", "not_said"),
    [
        (TEACHER_AND_PUPIL_OF_9, "po", ASKED, NOT_ASKED),
        (CHILDCARE_WORKER_HITS_TODDLER, "kinderopvang", NOT_ASKED, ASKED),
    ],
    ids=["school", "childcare"],
)
def test_telling_them_first_is_asked_of_a_school_and_not_in_childcare(
    desk, facts, sector, said, not_said
):
    dossier = desk.dossier(sector=sector, category=facts.category)
    assess_dossier(dossier, facts=facts, by=desk.user)
    road = desk.page(dossier, "/plichten")
    assert (road.count(said), road.count(not_said)) == (2, 0)
    for step in ("ouders", "beklaagde"):
        form = desk.page(dossier, f"/plichten/stap?welk={step}")
        assert (form.count(said), form.count(not_said)) == (1, 0)
    consultation = desk.page(dossier, "/plichten/stap?welk=overleg")
    assert said not in consultation
