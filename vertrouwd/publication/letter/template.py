"""The small language the letter is written in. No Django here.

A template is plain text that anybody can review. One line is one *statement*: it is printed whole,
or, when a figure or a claim in it may not be said, left out whole.

    # a remark for the reviewer
    == Heading
    (if dossiers) Het gaat om {total} dossiers, <majority under_13> van het totaal.[^dossier]
    (else) This is printed when the statement before it was not.
    (then) This is printed when the statement before it was.
    [^dossier]: Text of the footnote.
    @measures                       a block that comes from data

An empty line ends a paragraph. `{total}` is a figure or a reference, `<majority under_13>` a word
that a rule of `wording` gives or refuses, `[[a {x}|b {y}]]` an enumeration that keeps the parts
that may be said. Outside these no digit, no numeral and no guarded word is allowed (`check`).
"""

import re
from dataclasses import dataclass, field

from vertrouwd.publication.letter.guarded_words import check_words

PIECE = re.compile(r"(\[\[.*?\]\]|\{[^{}]*\}|<[^<>]*>|\[\^\w+\])")
CONDITION = re.compile(r"\((if [^()]*|else|then)\)\s+(.*)")
NOTE = re.compile(r"\[\^(\w+)\]:\s*(.*)")
# A claim and what must stand beside it in the same statement, {0} being what the claim is about.
BESIDE = {
    "changed": ("{0} before", "{0} growth"),
    "changed share": ("{0} share before", "{0} share"),
    "mainly": ("{0} share",),
    "compared share": ("{0} share before",),
    "shift": ("{0} share before", "{0} share"),
}


@dataclass(frozen=True)
class Words:
    """Literal text: never a digit."""

    text: str


@dataclass(frozen=True)
class Slot:
    """`{total before}`: a figure or a reference."""

    name: str


@dataclass(frozen=True)
class Guarded:
    """`<majority under_13>`: the claim, then what it is about."""

    claim: str
    about: str


@dataclass(frozen=True)
class NoteMark:
    """`[^dossier]`: a footnote."""

    name: str


@dataclass(frozen=True)
class Enumeration:
    """`[[...|...]]`: parts that are each printed or not, joined in good Dutch."""

    parts: tuple[tuple["Piece", ...], ...]


Piece = Words | Slot | Guarded | NoteMark | Enumeration


@dataclass(frozen=True)
class Statement:
    """One line: pieces, and the conditions under which it belongs in this letter."""

    pieces: tuple[Piece, ...]
    conditions: tuple[str, ...] = ()
    after: str = ""  # then | else: only if the statement before it was printed, or was not
    line: int = 0


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs; a paragraph is statements, or the name of a data block."""

    heading: tuple[Piece, ...]
    paragraphs: tuple[tuple[Statement, ...] | str, ...]


@dataclass(frozen=True)
class Template:
    """A parsed template: the sections in order and the footnotes by name."""

    sections: tuple[Section, ...]
    notes: dict[str, tuple[Piece, ...]] = field(default_factory=dict)


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Cut a line into literal words, slots, claims, notes and enumerations."""
    found: list[Piece] = []
    for part in PIECE.split(text):
        if not part:
            continue
        if part.startswith("[["):
            items = part[2:-2].split("|")
            found.append(Enumeration(tuple(pieces_of(item.strip()) for item in items)))
        elif part.startswith("{"):
            found.append(Slot(" ".join(part[1:-1].split())))
        elif part.startswith("<"):
            claim, _, about = " ".join(part[1:-1].split()).partition(" ")
            found.append(Guarded(claim, about))
        elif part.startswith("[^"):
            found.append(NoteMark(part[2:-1]))
        else:
            found.append(Words(part))
    return tuple(found)


def parse(text: str) -> Template:
    """Read a template. Raises ValueError naming the line that is not in the language."""
    sections: list[tuple[tuple[Piece, ...], list[tuple[Statement, ...] | str]]] = [((), [])]
    notes: dict[str, tuple[Piece, ...]] = {}
    paragraph: list[Statement] = []

    def close() -> None:
        if paragraph:
            sections[-1][1].append(tuple(paragraph))
            paragraph.clear()

    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            close()
        elif line.startswith("#"):
            continue
        elif line.startswith("=="):
            close()
            sections.append((pieces_of(line[2:].strip()), []))
        elif line.startswith("@"):
            close()
            sections[-1][1].append(line[1:].strip())
        elif found := NOTE.fullmatch(line):
            notes[found[1]] = pieces_of(found[2])
        else:
            paragraph.append(_statement(line, number, first=not paragraph))
    close()
    return Template(
        tuple(Section(heading, tuple(parts)) for heading, parts in sections if heading or parts),
        notes,
    )


def _statement(line: str, number: int, *, first: bool) -> Statement:
    conditions: list[str] = []
    after = ""
    while found := CONDITION.fullmatch(line):
        word, line = found[1], found[2]
        if word.startswith("if"):
            conditions += [part.strip() for part in word[3:].split(" and ")]
        else:
            after = word
    if after and first:
        raise ValueError(f"line {number}: ({after}) needs a statement before it in its paragraph")
    return Statement(pieces_of(line), tuple(conditions), after, number)


def flat(pieces: tuple[Piece, ...]) -> list[Piece]:
    """All pieces, those inside enumerations too."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Enumeration):
            for part in piece.parts:
                found += flat(part)
        else:
            found.append(piece)
    return found


def check(template: Template) -> list[str]:
    """What a template may not hold, one sentence a finding; empty when it may be used.

    No digit and no numeral outside slots, no guarded word outside claims, no cause, no judgement,
    and beside every claim the numbers it owes the reader.
    """
    found: list[str] = []
    for where, pieces in _texts(template):
        for piece in flat(pieces):
            if isinstance(piece, Words):
                found += [f"{where}: {finding}" for finding in check_words(piece.text)]
            if isinstance(piece, NoteMark) and piece.name not in template.notes:
                found.append(f"{where}: footnote '{piece.name}' does not exist")
        slots = {piece.name for piece in flat(pieces) if isinstance(piece, Slot)}
        for piece in flat(pieces):
            if isinstance(piece, Guarded):
                for needed in _owed(piece):
                    if needed not in slots:
                        found.append(f"{where}: <{piece.claim}> needs {{{needed}}} beside it")
    return found


def _owed(piece: Guarded) -> list[str]:
    name, _, share = piece.about.partition(" ")
    rule = f"{piece.claim} {share}".strip()
    return [needed.format(name) for needed in BESIDE.get(rule, ())]


def _texts(template: Template) -> list[tuple[str, tuple[Piece, ...]]]:
    found: list[tuple[str, tuple[Piece, ...]]] = []
    for section in template.sections:
        found.append(("heading", section.heading))
        for paragraph in section.paragraphs:
            if not isinstance(paragraph, str):
                found += [(f"line {item.line}", item.pieces) for item in paragraph]
    return found + [(f"footnote {name}", pieces) for name, pieces in template.notes.items()]
