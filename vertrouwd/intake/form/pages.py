"""What the templates of the form show: a page with its fields, or all answers to be checked."""

from collections.abc import Mapping
from typing import Any

from vertrouwd.advice.wording import CHILD, USUAL, Text, Wording
from vertrouwd.intake.carried import Carried
from vertrouwd.intake.checking import Page
from vertrouwd.intake.duty_asked import duty_asked
from vertrouwd.intake.form.choices import CHOICES, choices_of, fieldset_of
from vertrouwd.intake.institutions import found_for, name_of
from vertrouwd.intake.questions import (
    FIELDS,
    INSTITUTION,
    KEEP,
    SEVERAL,
    Answers,
    Field,
    Kind,
    Step,
    duty_may_run,
    options_for,
)
from vertrouwd.intake.surroundings import around
from vertrouwd.intake.texts import field_texts, said, step_texts

ADDRESS = "/melden"
FORM_TEMPLATES = {
    Step.WELCOME: "welcome", Step.HELP_FIRST: "help_first", Step.INSTITUTION: "institution",
    Step.DUTY: "duty", Step.STORY: "story",
}  # fmt: skip
SHOWN_OF_STORY = 2000  # characters, on the page where all is checked
MISSED: dict[str, str] = {}  # nothing is wrong


def frame(carried: Carried, *, language: str) -> dict[str, Any]:
    """What every page of the form shows."""
    how = Wording(language, carried.for_children)
    say = said(how)
    return around(ADDRESS) | {
        "how": how,
        "say": say,
        "words": USUAL if how.for_children else CHILD,
        "words_label": say["usual_words" if how.for_children else "easy_words"],
    }


def template_of(carried: Carried) -> str:
    """Which template shows it."""
    name = FORM_TEMPLATES.get(carried.shown, "question") if carried.shown else "check"
    return f"intake/form/{name}.html"


def page_of(carried: Carried, *, language: str, typed: Page | None = None) -> dict[str, Any]:
    """Everything the page shows; `typed`: what was filled in on it and is not an answer yet."""
    shown = frame(carried, language=language)
    if carried.shown is None:
        return shown | _check(carried, shown["how"], shown["say"])
    return shown | _question(carried, carried.shown, shown["how"], shown["say"], typed)


def _question(
    carried: Carried, step: Step, how: Wording, say: dict[str, str], typed: Page | None
) -> dict[str, Any]:  # fmt: skip
    values = {**carried.answers, **typed.values} if typed else carried.answers
    mistakes = typed.mistakes if typed else MISSED
    before = carried.road.before(step)
    texts = step_texts()[step]
    fields = [_field(each, values, mistakes, how, say) for each in FIELDS[step]]
    title, hint = texts.text.said(how), _said(texts.hint, how)
    for asked, shown in zip(FIELDS[step], fields, strict=True):
        if asked.kind in CHOICES:
            is_first = shown is fields[0]
            shown["fieldset"] = fieldset_of(
                asked,
                title=title if is_first else "",
                label=shown["label"],
                above=hint if is_first else "",
                hint=shown["hint"],
                wrong=shown["wrong"],
                choices=choices_of(asked, shown["options"]),
            )
    page: dict[str, Any] = {
        "step": step.value,
        "number": len([each for each in before if FIELDS[each][0].kind is not Kind.SEEN]) + 1,
        "asks": FIELDS[step][0].kind is not Kind.SEEN,
        "title": title,
        "hint": hint,
        "fields": fields,
        "by_name": {each["name"]: each for each in fields},
        "wrongs": [each for each in fields if each["wrong"]],
        "can_go_back": bool(before),
    }
    if step is Step.INSTITUTION:
        page["searched"] = bool(values.get("zoek"))
        page["found"] = found_for(values.get("zoek", ""), chosen=values.get("plek", ""))
        page["chosen"] = values.get("plek", "")
        page["by_name"]["plek"]["at"] = "plek-1" if page["found"] else "plek-anders"
    if step is Step.DUTY and (duty := duty_asked(carried.road.answers, today=carried.today)):
        page["duties"] = duty.said(say)
    if step is Step.CONDITION and duty_may_run(carried.answers):
        page["note"] = say["condition_duty"]
    return page


def _field(
    field: Field, values: Answers, mistakes: Mapping[str, str], how: Wording, say: dict[str, str]
) -> dict[str, Any]:
    texts = field_texts()[field.name]
    value = values.get(field.name, "")
    chosen = value.split(SEVERAL) if field.kind is Kind.MANY else [value]
    mistake = mistakes.get(field.name, "")
    if mistake == "too_long" and field.kind is Kind.STORY:
        mistake = "story_too_long"
    options = [
        {
            "value": option,
            "text": texts.options[option].text.said(how),
            "hint": _said(texts.options[option].hint, how),
            "chosen": option in chosen,
        }
        for option in options_for(field, values)
    ]
    return {
        "name": field.name,
        "kind": field.kind.value,
        "is_choice": field.kind in CHOICES,
        "at": f"{field.name}-1" if field.kind in CHOICES else field.name,
        "label": _said(texts.label, how),
        "hint": _said(texts.hint, how),
        "value": value,
        "options": options,
        "wrong": say[mistake] if mistake else "",
    }


def _check(carried: Carried, how: Wording, say: dict[str, str]) -> dict[str, Any]:
    answers = carried.road.answers
    return {
        "rows": [
            row
            for step in carried.road.steps
            for field in FIELDS[step]
            if (row := _row(step, field, answers, how, say)) is not None
        ],
        "is_anonymous": not answers["naam"] and not answers["bereik"],
        "keeps": answers["afspraak"] == KEEP,
    }


def _row(
    step: Step, field: Field, answers: Answers, how: Wording, say: dict[str, str]
) -> dict[str, Any] | None:
    """One answer to be checked; None for what is none, and for what was left open beside one."""
    value = answers[field.name]
    is_first = field is FIELDS[step][0]
    if field.kind is Kind.SEEN or field.name == "zoek" or not (value or is_first):
        return None
    return {
        "step": step.value,
        "short": field_texts()[field.name].short.said(how),
        "lines": _in_words(field, value, how) or [say["open"]],
        "is_open": not value,
        "is_cut": len(value) > SHOWN_OF_STORY,
    }


def _in_words(field: Field, value: str, how: Wording) -> list[str]:
    if field.name == "plek" and value.startswith(INSTITUTION):
        return [name_of(value)]
    if field.kind in CHOICES:
        options = field_texts()[field.name].options
        return [options[each].text.said(how) for each in value.split(SEVERAL) if each]
    return [value[:SHOWN_OF_STORY]] if value else []


def _said(text: Text | None, how: Wording) -> str:
    return text.said(how) if text else ""
