"""Where reports of one dossier disagree on its coding, a person decides."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import make_dossier
from vertrouwd.dossiers import actions
from vertrouwd.dossiers.disagreements import AT_A_TIME, count_disagreements, disagreements
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report

START = datetime(2023, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def joined(actor, *codings: dict[str, str]) -> Dossier:
    """A dossier of reports with these codings, the first of which opened it."""
    first, *others = (make_dossier(now=START, **coding) for coding in codings)
    for other in others:
        actions.join(other, into=first, by=actor, now=START)
    return first


@pytest.mark.parametrize(
    "other",
    [
        {"category": "fysiek geweld", "subcategory": "mishandeling"},
        {"subcategory": "bedreiging"},
        {"sector": "vo"},
    ],
)
def test_reports_that_name_two_codes_disagree(actor, other: dict[str, str]) -> None:
    dossier = joined(actor, {}, other)
    make_dossier()
    [disagreement] = disagreements()
    assert disagreement.reference == dossier.reference
    assert disagreements([dossier.pk]) == [disagreement]
    assert disagreements([dossier.pk + 100]) == []


@pytest.mark.parametrize("other", [{}, {"subcategory": ""}, {"sector": "niet bekendgemaakt"}])
def test_what_is_unknown_disagrees_with_nothing(actor, other: dict[str, str]) -> None:
    joined(actor, {}, other)
    joined(actor, other, {})
    assert disagreements() == []


def test_reports_may_disagree_while_the_dossier_itself_says_nothing(actor) -> None:
    joined(actor, {"subcategory": ""}, {"subcategory": "pesten"}, {"subcategory": "bedreiging"})
    [disagreement] = disagreements()
    assert disagreement.subcategories == (
        "psychisch geweld: bedreiging",
        "psychisch geweld: pesten",
    )
    assert len(disagreement.categories) == len(disagreement.sectors) == 1


def settle(dossier: Dossier, actor, *, at: datetime) -> None:
    actions.code_dossier(
        dossier, category="psychisch geweld", subcategory="pesten", sector="po", by=actor,
        reason="meldingen verschillen", now=at,
    )  # fmt: skip


def test_a_decision_holds_until_another_report_comes_in(actor) -> None:
    dossier = joined(actor, {}, {"sector": "vo"})
    settle(dossier, actor, at=START + HOUR)
    assert disagreements() == []
    event = actions.join(make_dossier(), into=dossier, by=actor, now=START + 2 * HOUR)
    assert [c.dossier for c in disagreements()] == [dossier.pk]
    settle(dossier, actor, at=START + 3 * HOUR)
    assert disagreements() == []
    undo = actions.undo(event, by=actor, now=START + 4 * HOUR)
    settle(dossier, actor, at=START + 5 * HOUR)
    actions.undo(undo, by=actor, now=START + 6 * HOUR)
    assert [c.dossier for c in disagreements()] == [dossier.pk]


def test_a_dossier_that_lost_the_report_it_was_coded_by_needs_a_decision(actor) -> None:
    dossier = joined(actor, {}, {"category": "overig", "subcategory": ""})
    first = dossier.reports.order_by("pk").first()
    assert first is not None
    actions.separate(first, by=actor)
    [disagreement] = disagreements()
    assert disagreement.categories == ("overig", "psychisch geweld")


def test_keeping_dossiers_apart_asks_for_no_decision(actor) -> None:
    dossier = joined(actor, {}, {"sector": "vo"})
    settle(dossier, actor, at=START + HOUR)
    actions.keep_apart(make_dossier(), dossier, by=actor, now=START + 2 * HOUR)
    assert disagreements() == []
    last = LedgerEvent.objects.order_by("pk").last()
    assert last is not None
    actions.undo(last, by=actor, now=START + 3 * HOUR)
    assert disagreements() == []


def test_many_disagreements_are_counted_without_holding_them(actor) -> None:
    decided = joined(actor, {}, {"sector": "vo"})
    settle(decided, actor, at=START + HOUR)
    dossiers = [make_dossier(now=START) for _ in range(AT_A_TIME + 2)]
    Report.objects.filter(dossier__in=[d.pk for d in dossiers]).update(sector="vo")
    assert count_disagreements() == AT_A_TIME + 2
    assert [each.dossier for each in disagreements()] == [d.pk for d in dossiers]


# The commands


def test_a_disagreement_is_listed_and_settled_on_the_command_line(actor, run) -> None:
    dossier = joined(actor, {}, {"subcategory": "bedreiging", "sector": "vo"})
    listed = run("list_disagreements")
    assert dossier.reference in listed.out
    assert "psychisch geweld: bedreiging / psychisch geweld: pesten; po / vo" in listed.out
    assert run("list_disagreements", "--json").summary[0]["sectors"] == ["po", "vo"]
    outcome = run(
        "settle_coding", dossier.reference.lower(), "--category", "psychisch geweld",
        "--subcategory", "bedreiging", "--sector", "vo",
    )  # fmt: skip
    assert outcome.code == 0
    dossier.refresh_from_db()
    assert (dossier.subcategory, dossier.sector) == ("bedreiging", "vo")
    assert "No dossier waits" in run("list_disagreements").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("D-x", "--category", "overig"), "Write it as D-0000012"),
        (("D-9999999", "--category", "overig"), "There is no dossier D-9999999"),
        (("1", "--category", "lawaai"), "is not a category. Possible: seksueel misbruik"),
        (("1", "--category", "overig", "--subcategory", "pesten"), "Possible: none"),
        (("1", "--category", "overig", "--sector", "x"), "is not a sector"),
        (("1", "--category", "overig", "--reason", "x"), "Possible: meldingen verschillen"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(actor, run, words, message: str) -> None:
    dossier = make_dossier()
    words = [str(dossier.pk) if word == "1" else word for word in words]
    outcome = run("settle_coding", *words)
    assert outcome.code == 2
    assert message in outcome.err


def test_an_emptied_dossier_cannot_be_coded(actor, run) -> None:
    one, two = make_dossier(), make_dossier()
    actions.join(one, into=two, by=actor)
    outcome = run("settle_coding", one.reference, "--category", "overig")
    assert outcome.code == 2
    assert "holds no reports" in outcome.err
