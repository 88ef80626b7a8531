"""Blocks of the letter that come from data: observations, measures, promises. No Django here."""

from collections.abc import Iterator

from vertrouwd.publication.letter.blocks import Kind, Note, Number, Span, Text
from vertrouwd.publication.letter.context import SLOT, Context, Measure, Reference

Written = tuple[Kind, tuple[Span, ...]]


def observations(topic: str, context: Context) -> Iterator[Written]:
    """What the inspectors observe about a topic: attributed, dated, never shown as measured."""
    for place, one in enumerate(context.observations, start=1):
        if one.topic != topic:
            continue
        name = f"observation-{place}"
        source = _number(name, one.source, "document", one.source)
        date = _number(f"{name}-date", one.date, "date", one.source)
        yield (
            Kind.OBSERVATION,
            (
                Text(f"{one.text} Dit is een waarneming van {one.author}; zij is niet geteld."),
                Note(name, (source, Text(", "), date, Text("."))),
            ),
        )


def minister(context: Context) -> Iterator[Written]:
    """The ministers' own words, each with who signed them."""
    for block in context.minister:
        for paragraph in block.paragraphs:
            yield Kind.MINISTER, (Text(paragraph),)
        yield Kind.SIGNED, (Text(block.signed),)


def measures(year: str, context: Context) -> Iterator[Written]:
    """The measures named in this year's letter, each with its source."""
    own = [one for one in context.measures if one.year == year]
    if own:
        yield (
            Kind.PARAGRAPH,
            (
                Text(
                    "Hieronder staan de maatregelen en toezeggingen die aan uw Kamer zijn gemeld, "
                    "met hun bron. Zij staan los van de cijfers hierboven."
                ),
            ),
        )
    for measure in own:
        yield Kind.ITEM, (*_text(measure), *_source(f"source-{measure.id}", measure.source))


def promises(year: str, context: Context) -> Iterator[Written]:
    """The promises of earlier letters, each answered or named open."""
    earlier = [one for one in context.measures if one.year < year and one.status]
    if earlier:
        yield (
            Kind.PARAGRAPH,
            (
                Text(
                    "In eerdere brieven zijn toezeggingen aan uw Kamer gedaan. Hieronder staat van "
                    "elke toezegging de tekst van toen en de stand van nu."
                ),
            ),
        )
    for measure in earlier:
        source = _source(f"source-{measure.id}", measure.source)
        quoted = (Text("«"), *_text(measure), Text("»"), *source, Text("."))
        yield Kind.ITEM, (*quoted, *_answer(measure))


def _answer(measure: Measure) -> tuple[Span, ...]:
    if measure.status == "done":
        source: tuple[Span, ...] = ()
        if measure.answer_source:
            source = _source(f"answer-{measure.id}", measure.answer_source)
        return (Text(f" Stand: {measure.answer.rstrip('.')}"), *source, Text("."))
    due: tuple[Span, ...] = ()
    if measure.due:
        due = (
            Text(" voor "),
            _number(f"due-{measure.id}", measure.due, "date", measure.source),
        )
    return (Text(" Stand: deze toezegging"), *due, Text(" staat nog open."))


def _text(measure: Measure) -> tuple[Span, ...]:
    spans: list[Span] = []
    for place, part in enumerate(SLOT.split(measure.text)):
        if place % 2:
            name = f"{measure.id}-{part}"
            spans.append(_number(name, measure.numbers[part], "date", measure.source))
        elif part:
            spans.append(Text(part))
    return tuple(spans)


def _source(name: str, source: str) -> tuple[Span, ...]:
    """In brackets behind the text: a page full of footnotes is hard to read aloud."""
    return Text(" ("), _number(name, source, "document", source), Text(")")


def _number(name: str, text: str, kind: str, source: str) -> Text | Number:
    if not any(letter.isdigit() for letter in text):
        return Text(text)
    return Number(name, text, Reference(name, text, kind, source))
