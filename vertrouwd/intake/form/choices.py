"""A field with choices as HTML: the same for everybody but for what is ticked, and written once."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from vertrouwd.intake.questions import Field, Kind

CHOICES = (Kind.PICK, Kind.MANY)
REQUIRED, CHECKED = SafeString(" required"), SafeString(" checked")
RADIOS, INVALID = SafeString(' role="radiogroup"'), SafeString(' aria-invalid="true"')
TYPES = {Kind.PICK: "radio", Kind.MANY: "checkbox"}


def choices_of(field: Field, options: Iterable[Mapping[str, Any]]) -> SafeString:
    """One a line: the input of each option (`value`, `text`, `hint`, `chosen`), label and hint."""
    numbered = enumerate(options, start=1)
    return format_html_join(
        "",
        "{}",
        ((_choice(field, n, o["value"], o["text"], o["hint"], o["chosen"]),) for n, o in numbered),
    )


@lru_cache(maxsize=2048)
def fieldset_of(
    field: Field, *, title: str, label: str, above: str, hint: str, wrong: str, choices: SafeString
) -> SafeString:
    """The choices with what is asked: `title` and `above`, a hint, where it is the page's first."""
    told = [name for name, is_there in (("uitleg", above), *_own(field, hint, wrong)) if is_there]
    return format_html(
        '<fieldset{} class="asks-{}"{}{}>\n<legend>{}</legend>\n{}{}\n{}\n{}</fieldset>',
        RADIOS if field.kind is Kind.PICK else "",
        field.name,
        INVALID if wrong else "",
        format_html(' aria-describedby="{}"', " ".join(told)) if told else "",
        format_html("<h1>{}</h1>", title) if title else label,
        format_html('<p class="hint" id="uitleg">{}</p>', above) if above else "",
        format_html('<p class="hint" id="{}-uitleg">{}</p>', field.name, hint) if hint else "",
        format_html('<p class="wrong" id="{}-fout">{}</p>', field.name, wrong) if wrong else "",
        choices,
    )


def _own(field: Field, hint: str, wrong: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (f"{field.name}-uitleg", hint), (f"{field.name}-fout", wrong)


@lru_cache(maxsize=2048)
def _choice(
    field: Field, number: int, value: str, text: str, hint: str, chosen: bool
) -> SafeString:
    at = f"{field.name}-{number}"
    return format_html(
        '<div class="choice"><input type="{}" name="{}"{} id="{}" value="{}"{}{}>'
        '<label for="{}">{}</label>{}</div>\n',
        TYPES[field.kind],
        field.name,
        REQUIRED if field.required else "",
        at,
        value,
        CHECKED if chosen else "",
        format_html(' aria-describedby="{}-uitleg"', at) if hint else "",
        at,
        text,
        format_html('<span class="note" id="{}-uitleg">{}</span>', at, hint) if hint else "",
    )
