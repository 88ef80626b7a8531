"""The choices of a field as HTML. They are the same for everybody but for what is ticked."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from vertrouwd.intake.questions import Field, Kind

CHOICES = (Kind.PICK, Kind.MANY)
REQUIRED, CHECKED = SafeString(" required"), SafeString(" checked")
TYPES = {Kind.PICK: "radio", Kind.MANY: "checkbox"}


def choices_of(field: Field, options: Iterable[Mapping[str, Any]]) -> SafeString:
    """One a line: the input of each option (`value`, `text`, `hint`, `chosen`), label and hint."""
    if field.kind not in CHOICES:
        return SafeString()
    numbered = enumerate(options, start=1)
    return format_html_join(
        "",
        "{}",
        ((_choice(field, n, o["value"], o["text"], o["hint"], o["chosen"]),) for n, o in numbered),
    )


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
