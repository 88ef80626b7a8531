"""From a release to a letter: which statement may stand, with which numbers and words.

No Django here.
"""

from collections.abc import Iterable, Iterator

from vertrouwd.disclosure.safe import Gap
from vertrouwd.publication.letter import from_data
from vertrouwd.publication.letter.blocks import (
    Block,
    Kind,
    Letter,
    Note,
    Number,
    Span,
    TestedClaim,
    Text,
    leaves,
    merged,
    tied,
)
from vertrouwd.publication.letter.catalogue import Figures, print_number
from vertrouwd.publication.letter.claims import CLAIMS, ask, holds
from vertrouwd.publication.letter.context import Context
from vertrouwd.publication.letter.from_data import Written
from vertrouwd.publication.letter.template import (
    Enumeration,
    Guarded,
    NoteMark,
    Piece,
    Slot,
    Statement,
    Template,
    Words,
    flat,
)
from vertrouwd.publication.letter.wording import Outcome

UNITS = {"dossiers": "dossiers", "reports": "meldingen"}


class _LeftOut(Exception):
    """A statement may not be printed. `gaps` say what is missing; none if it was not borne out."""

    def __init__(self, gaps: Iterable[Gap]) -> None:
        super().__init__()
        self.gaps = tuple(gaps)


def compose(template: Template, figures: Figures, context: Context) -> Letter:
    """The letter of a year. Raises ValueError when the template names what does not exist."""
    return _Composer(template, figures, context).letter()


class _Composer:
    def __init__(self, template: Template, figures: Figures, context: Context) -> None:
        self.template, self.figures, self.context = template, figures, context
        self.made = Letter(
            figures.release.year,
            figures.unit,
            figures.release.is_childcare,
            signatories=context.signatories,
        )
        self.where = ""
        self.notes: set[str] = set()  # every footnote of the template is printed once
        self.without_before: list[str] = []  # labels of printed figures without an earlier value

    def letter(self) -> Letter:
        for number, section in enumerate(self.template.sections, start=1):
            blocks: list[Block] = []
            for place, paragraph in enumerate(section.paragraphs, start=1):
                self.where = f"{number}.{place}"
                if isinstance(paragraph, str):
                    blocks += self._blocks_from_data(paragraph)
                elif spans := self._paragraph(paragraph):
                    blocks.append(Block(Kind.PARAGRAPH, self.where, tied(spans)))
            if blocks and section.heading:
                self.where = f"{number}"
                heading = self._spans(section.heading)
                self.made.blocks.append(Block(Kind.HEADING, self.where, heading))
            self.made.blocks += blocks
        self._head()
        self._refuse_typed_numbers()
        return self.made

    def _head(self) -> None:
        kind = "kinderopvang, kalenderjaar " if self.made.is_childcare else "onderwijs, schooljaar "
        self.where = "subject"
        self.made.subject = (
            Text(f"Cijferoverzicht vertrouwensinspecteurs {kind}"),
            self._slot("year"),
        )
        self._register(self.made.subject)
        self.where = "date"
        day = self._slot("date") if self.context.date else Text("[datum]")
        self.made.date = (Text("Den Haag, "), day)
        self._register(self.made.date)

    # Statements

    def _paragraph(self, statements: Iterable[Statement]) -> tuple[Span, ...]:
        spans: list[Span] = []
        printed = True
        for statement in statements:
            if statement.after == ("else" if printed else "then"):
                continue
            printed = False
            if not all(holds(one, self.figures, self.context) for one in statement.conditions):
                continue
            try:
                made = self._spans(statement.pieces)
            except _LeftOut as left_out:
                self._name(left_out.gaps)
                continue
            printed = True
            spans += [*([Text(" ")] if spans else []), *made]
            self._remember_without_before(statement)
        return merged(spans)

    def _name(self, gaps: Iterable[Gap]) -> None:
        self.made.gaps += [gap for gap in gaps if gap not in self.made.gaps]

    def _spans(self, pieces: Iterable[Piece]) -> tuple[Span, ...]:
        """The printed statement; its numbers are registered only when all of it may be said."""
        spans = self._print(pieces)
        self._register(spans)
        return spans

    def _print(self, pieces: Iterable[Piece]) -> tuple[Span, ...]:
        spans: list[Span] = []
        gaps: list[Gap] = []
        left_out = False
        for piece in pieces:
            try:
                spans += self._piece(piece)
            except _LeftOut as reason:
                left_out = True
                gaps += reason.gaps
        if left_out:
            raise _LeftOut(dict.fromkeys(gaps))
        return merged(spans)

    def _piece(self, piece: Piece) -> tuple[Span, ...]:
        match piece:
            case Words(text):
                return (Text(text),)
            case Slot(name):
                return (self._slot(name),)
            case Guarded(claim, about):
                return (self._claim(claim, about),)
            case NoteMark(name):
                if name in self.notes:
                    return ()
                return (Note(name, self._print(self.template.notes[name])),)
            case Enumeration(parts):
                return self._enumeration(parts)

    def _slot(self, name: str) -> Span:
        if name == "unit":
            return Text(UNITS[self.figures.unit])
        if reference := self.context.references.get(name):
            return Number(name, reference.text, reference)
        figure = self.figures.get(name)
        if figure is None:
            raise _LeftOut([Gap(self._label(name), self.figures.why_missing(name))])
        return Number(name, print_number(figure))

    def _claim(self, claim: str, about: str) -> Text:
        result = ask(claim, about, self.figures)
        tested = TestedClaim(claim, about, self.where, result)
        if tested not in self.made.claims:
            self.made.claims.append(tested)
        if result.outcome is Outcome.NOT_BORNE_OUT:
            raise _LeftOut([])
        if not result:
            raise _LeftOut([Gap(f"«{CLAIMS[claim]}» over {self._label(about)}", result.reason)])
        return Text(result.words)

    def _enumeration(self, parts: Iterable[tuple[Piece, ...]]) -> tuple[Span, ...]:
        printed: list[tuple[Span, ...]] = []
        gaps: list[Gap] = []
        for part in parts:
            try:
                printed.append(self._print(part))
            except _LeftOut as left_out:
                gaps += left_out.gaps
        if not printed:
            raise _LeftOut(gaps)
        self._name(gaps)
        joined: list[Span] = []
        for place, spans in enumerate(printed):
            if place:
                joined.append(Text(" en " if place == len(printed) - 1 else ", "))
            joined += spans
        return merged(joined)

    def _label(self, about: str) -> str:
        return self.figures.label(about)

    def _remember_without_before(self, statement: Statement) -> None:
        for piece in flat(statement.pieces):
            if not isinstance(piece, Slot) or not self.figures.knows(piece.name):
                continue
            if self.figures.has_no_year_before(piece.name):
                label = self._label(piece.name)
                self.without_before += [label] if label not in self.without_before else []

    # Blocks that come from data

    def _blocks_from_data(self, directive: str) -> list[Block]:
        blocks = []
        for place, (kind, spans) in enumerate(self._written(directive), start=1):
            self.where = f"{self.where.partition('/')[0]}/{place}"
            self._register(spans)
            blocks.append(Block(kind, self.where, tied(merged(spans))))
        return blocks

    def _written(self, directive: str) -> Iterator[Written]:
        word, _, topic = directive.partition(" ")
        match word:
            case "observations":
                return from_data.observations(topic, self.context)
            case "minister":
                return from_data.minister(self.context)
            case "measures":
                return from_data.measures(self.made.year, self.context)
            case "promises":
                return from_data.promises(self.made.year, self.context)
            case "without_before":
                return self._without_before()
        raise ValueError(f"'@{directive}' is not a block of the template language")

    def _without_before(self) -> Iterator[Written]:
        """Names, in the letter itself, what cannot be compared with the year before."""
        labels = self.without_before
        if not labels:
            return
        listed = "; ".join(labels)
        what = listed if len(labels) == 1 else f"de volgende onderwerpen: {listed}"
        yield (
            Kind.PARAGRAPH,
            (
                Text("Uit "),
                self._slot("year before"),
                Text(
                    f" zijn geen vergelijkbare aantallen bekend over {what}. "
                    "Of deze aantallen zijn veranderd, is daarom niet te zeggen."
                ),
            ),
        )

    # Bookkeeping

    def _register(self, spans: Iterable[Span]) -> None:
        for span in spans:
            if isinstance(span, Note):
                self.notes.add(span.name)
                self._register(span.spans)
            elif isinstance(span, Number):
                places = self.made.places.setdefault(span.name, [])
                places += [self.where] if self.where not in places else []
                self.made.printed[span.name] = span.text
                if span.reference:
                    self.made.references[span.name] = span.reference
                else:
                    figure = self.figures.get(span.name)
                    assert figure is not None  # it was printed
                    self.made.figures[span.name] = figure

    def _refuse_typed_numbers(self) -> None:
        for block in self.made.blocks:
            for span in leaves(block.spans):
                if isinstance(span, Text) and any(letter.isnumeric() for letter in span.text):
                    raise ValueError(f"a number was typed in {block.id}: '{span.text[:60]}'")
