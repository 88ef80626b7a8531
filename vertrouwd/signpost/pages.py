"""What the templates show: a question, or the signs at the end of the road."""

from datetime import date
from typing import Any

from vertrouwd.advice.wording import CHILD, USUAL, Text, Wording
from vertrouwd.duties.outlook import Outlook
from vertrouwd.signpost.carried import Carried
from vertrouwd.signpost.phrases import said
from vertrouwd.signpost.result import result_of
from vertrouwd.signpost.steps import Sign
from vertrouwd.signpost.terms import Subject

ADDRESS = "/wegwijzer"
INSPECTOR = "vertrouwensinspecteur"  # the step that the report form leads to as well
BOARD = "bestuur"  # consults by telephone: the form does not stand in for it


def page_of(carried: Carried, *, language: str, today: date, wrong: str = "") -> dict[str, Any]:
    """Everything a page shows. `wrong`: the name of the phrase that says what was wrong."""
    how = Wording(language, carried.for_children)
    say = said(how)
    english = how.is_english
    page: dict[str, Any] = {
        "say": say,
        "taal": "?taal=en" if english else "",
        "on_signpost": True,
        "here": ADDRESS + ("?taal=en" if english else ""),
        "in_other_language": ADDRESS if english else f"{ADDRESS}?taal=en",
        "other_code": "nl" if english else "en",
        "words": USUAL if how.for_children else CHILD,
        "words_label": say["usual_words" if how.for_children else "easy_words"],
        "wrong": say[wrong] if wrong else "",
        "can_go_back": bool(carried.so_far.turns),
    }
    if carried.question:
        return page | {"question": _question(carried, how)}
    return page | _result(carried, how, say, today)


def _question(carried: Carried, how: Wording) -> dict[str, Any]:
    question, so_far = carried.question, carried.so_far
    assert question is not None
    return {
        "number": len(so_far.turns) + 1,
        "text": question.text.said(how),
        "hint": _said(question.hint, how),
        "options": [
            {
                "value": option.value,
                "text": option.text.said(how),
                "hint": _said(option.hint, how),
                "chosen": carried.answers.get(question.subject) == option.value,
            }
            for option in question.options_for(so_far.told)
        ],
    }


def _result(carried: Carried, how: Wording, say: dict[str, str], today: date) -> dict[str, Any]:
    found = result_of(carried.road.answers, today=today)
    return {
        "signs": [_sign(sign, how, say) for sign in found.signs],
        "can_write": carried.road.answers.get(Subject.ROLE) != BOARD,
        "duties": _duties(found.duties, say) if found.duties else None,
        "in_first_days": found.in_first_days,
        "on_islands": found.on_islands,
        "checked_on": found.checked_on,
        "answers": [
            {
                "subject": turn.question.subject.value,
                "short": turn.question.short.said(how),
                "text": turn.option.text.said(how),
            }
            for turn in carried.road.turns
        ],
    }


def _sign(sign: Sign, how: Wording, say: dict[str, str]) -> dict[str, Any]:
    return {
        "is_inspector": sign.code == INSPECTOR,
        "title": sign.title.said(how),
        "why": sign.why.said(how),
        "sees": sign.sees.said(how),
        "how": _said(sign.how, how),
        "verified": sign.verified,
        "bodies": [
            {
                "name": body.name,
                "phone": body.phone,
                "dial": body.dial,
                "hours": body.hours.said(how),
                "name_asked": say["anonymous" if body.is_anonymous else "by_name"],
            }
            for body in sign.bodies
        ],
    }


def _duties(box: Outlook, say: dict[str, str]) -> dict[str, Any]:
    return box.said(say) | {"between_staff": box.now.advice_only}


def _said(text: Text | None, how: Wording) -> str:
    return text.said(how) if text else ""
