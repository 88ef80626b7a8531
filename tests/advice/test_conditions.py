"""What may go further than the reporter: the answer, the condition, the consent, and the law."""

import pytest

from vertrouwd.advice.conditions import Allowed, Demand, Objection, goes_against, objection
from vertrouwd.advice.terms import Outward
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.terms import Answer

CONTACT, SHARE = Outward.CONTACT_INSTITUTION, Outward.SHARE
LAW = Demand("WPO 4a", verified=True)
WHY, C = Objection, Condition


def why(outward=CONTACT, *, demand=None, **allowed) -> Objection | None:
    return objection(outward, Allowed(**allowed), demand=demand)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (C.NONE, None),
        (C.ASK_FIRST, WHY.ASK_FIRST),
        (C.IF_ANOTHER_REPORTS, WHY.NO_OTHER_REPORT),
        (C.RECORD_ONLY, WHY.RECORD_ONLY),
    ],
)
def test_a_condition_holds_until_it_is_fulfilled_or_lifted(condition, expected):
    assert why(condition=condition) is expected
    assert why(condition=condition, answered=Answer.YES) is None
    assert why(condition=condition, answered=Answer.NO) is WHY.SAID_NO


def test_only_one_condition_is_fulfilled_by_another_report():
    for condition in Condition:
        fulfilled = Allowed(condition=condition, another_reported=True).is_fulfilled
        assert fulfilled is (condition is C.IF_ANOTHER_REPORTS)
    assert why(condition=C.IF_ANOTHER_REPORTS, another_reported=True) is None
    assert why(condition=C.RECORD_ONLY, another_reported=True) is WHY.RECORD_ONLY


@pytest.mark.parametrize("consent", [None, Answer.NO, Answer.UNKNOWN])
def test_nothing_is_passed_on_without_consent(consent):
    assert why(SHARE, consent=consent) is WHY.NO_CONSENT
    assert why(CONTACT, consent=consent) is None


def test_consent_does_not_lift_a_condition():
    assert why(SHARE, consent=Answer.YES) is None
    assert why(SHARE, consent=Answer.YES, condition=C.RECORD_ONLY) is WHY.RECORD_ONLY
    assert why(SHARE, answered=Answer.YES, condition=C.RECORD_ONLY) is None


@pytest.mark.parametrize("condition", Condition)
@pytest.mark.parametrize("answered", [None, Answer.YES, Answer.NO])
@pytest.mark.parametrize("outward", Outward)
def test_what_the_law_demands_is_done_and_said_to_go_against_the_reporter(
    outward, answered, condition
):
    allowed = Allowed(condition=condition, answered=answered)
    assert objection(outward, allowed, demand=LAW) is None
    blocked = objection(outward, allowed, demand=None) is not None
    assert goes_against(outward, allowed, demand=LAW) is blocked
    assert not goes_against(outward, allowed, demand=None)
