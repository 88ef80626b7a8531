"""The letter as PDF/UA-1, set by typst from `letter.typ`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vertrouwd.publication import typesetting
from vertrouwd.publication.letter.blocks import (
    ADDRESSEE,
    ENCLOSURE,
    LONGEST_UNBROKEN,
    Block,
    Kind,
    Letter,
    Note,
    Number,
    Span,
    unbroken,
)

TEMPLATE = Path(__file__).with_name("letter.typ")


def pdf_bytes(letter: Letter) -> bytes:
    """The PDF, the same bytes for the same letter; language, title and author are set."""
    return typesetting.pdf_bytes(TEMPLATE, letter=_described(letter))


def _described(letter: Letter) -> dict[str, Any]:
    return {
        "title": letter.title,
        "author": " en ".join(one.office for one in letter.signatories),
        "addressee": ADDRESSEE,
        "mark": letter.mark,
        "date": _spans(letter.date),
        "subject": _spans(letter.subject),
        "enclosure": ENCLOSURE,
        "signatories": [{"office": one.office, "name": one.name} for one in letter.signatories],
        "groups": _groups(letter.blocks),
    }


def _groups(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for block in blocks:
        if block.kind is not Kind.ITEM:
            groups.append({"kind": block.kind.value, "spans": _spans(block.spans)})
        elif groups and groups[-1]["kind"] == "list":
            groups[-1]["items"].append(_spans(block.spans))
        else:
            groups.append({"kind": "list", "items": [_spans(block.spans)]})
    return groups


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [_span(span) for span in spans]


def _span(span: Span) -> dict[str, Any]:
    if isinstance(span, Note):
        return {"kind": "note", "spans": _spans(span.spans)}
    if isinstance(span, Number):
        short = len(span.text) <= LONGEST_UNBROKEN
        return {"kind": "number" if short else "words", "text": unbroken(span)}
    return {"kind": "words", "text": span.text}
