"""What the letter holds besides figures: references, measures, observations, ministers' own words.

All of it is data with a source. Defaults lie in `data/`; files of the same name in
VERTROUWD_HOME/letter/YEAR/ come on top. No Django here.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from vertrouwd.publication.dutch import MONTHS, year_back
from vertrouwd.publication.letter.guarded_words import COUNTING_WORDS, check_words

DATA = Path(__file__).parent / "data"
SIGNED = re.compile(r"ondertekend door:\s*(.+)", re.IGNORECASE)
Made = TypeVar("Made")
SLOT = re.compile(r"\{(\w+)\}")
# What a number in a measure can be: a year, a day, or a name with a year behind it. Never a count.
WHEN = re.compile(rf"(\d{{1,2}} ({'|'.join(MONTHS)}) |\D*)(19|20)\d\d(-(19|20)\d\d)?", re.ASCII)


@dataclass(frozen=True)
class Reference:
    """A number in the letter that is not a figure: a year, a date, a document, a limit."""

    name: str
    text: str
    kind: str  # year | date | document | limit | number
    source: str


@dataclass(frozen=True)
class Observation:
    """What the confidential inspectors observe and nobody counted: signed, dated, digit-free."""

    year: str
    topic: str
    author: str
    date: str
    source: str
    text: str


@dataclass(frozen=True)
class Measure:
    """A measure or promise named to the House, with its source; `numbers` are its references."""

    year: str
    id: str
    minister: str
    text: str
    source: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    due: str = ""
    status: str = ""  # open | done; empty: nothing was promised
    answer: str = ""
    answer_source: str = ""


@dataclass(frozen=True)
class MinisterBlock:
    """A minister's own words, signed: the only place of a judgement."""

    signed: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Signatory:
    """Who signs the letter."""

    office: str
    name: str


@dataclass(frozen=True)
class Context:
    """All of it, for one letter."""

    references: Mapping[str, Reference]
    observations: tuple[Observation, ...] = ()
    measures: tuple[Measure, ...] = ()
    minister: tuple[MinisterBlock, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    date: str = ""  # 22 januari 2024; empty: to be filled in


def read_context(
    year: str, *, childcare: bool, home: Path | None = None, on: date | None = None
) -> Context:
    """The context of a year's letter. Raises ValueError naming the file and what is wrong in it."""
    own = home / "letter" / year if home else None
    references = {
        name: Reference(name=name, **entry)
        for name, entry in _toml(DATA / "references.toml").items()
    }
    for name, back in (("year", 0), ("year before", 1)):
        references[name] = Reference(name, year_back(year, back), "year", "het jaar van deze brief")
    written = ""
    if on:
        written = f"{on.day} {MONTHS[on.month - 1]} {on.year}"
        references["date"] = Reference("date", written, "date", "de datum van deze brief")
    kind = "childcare" if childcare else "education"
    signatories = (_toml(own / "signatories.toml") if own else {}).get(kind) or _toml(
        DATA / "signatories.toml"
    )[kind]
    return Context(
        references=references,
        observations=tuple(
            _checked_observation(_made(Observation, entry, file), file)
            for file, entry in _entries("observations.toml", "observation", own)
            if entry.get("year") == year
        ),
        measures=tuple(
            measure
            for measure in _measures(own)
            if not childcare and "-" in measure.year and measure.year <= year
        ),
        minister=_minister_blocks(own),
        signatories=tuple(_made(Signatory, entry, "signatories.toml") for entry in signatories),
        date=written,
    )


def _toml(path: Path) -> dict:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise ValueError(f"{path.name}: {mistake}") from mistake


def _entries(name: str, key: str, own: Path | None) -> list[tuple[str, dict]]:
    folders = [DATA, *([own] if own else [])]
    return [(name, entry) for folder in folders for entry in _toml(folder / name).get(key, [])]


def _made(kind: type[Made], entry: dict, file: str) -> Made:
    """The entry of a file as what it is. Raises ValueError when a part lacks, or is not known."""
    try:
        return kind(**entry)
    except TypeError as mistake:
        named = entry.get("id", "an entry") if isinstance(entry, dict) else "an entry"
        raise ValueError(f"{file}, {named}: {mistake}".replace("__init__() ", "")) from mistake


def _measures(own: Path | None) -> list[Measure]:
    """By id; the entry of the home replaces the shipped one, so that a promise can be answered."""
    found: dict[str, Measure] = {}
    for file, entry in _entries("measures.toml", "measure", own):
        if entry.get("id") in found:
            measure = _made(Measure, asdict(found[entry["id"]]) | entry, file)
        else:
            measure = _made(Measure, entry, file)
        for text in (SLOT.sub("", measure.text), measure.answer, measure.minister):
            if any(letter.isnumeric() for letter in text):
                raise ValueError(f"{file}, {measure.id}: a digit outside {{}}: '{text[:60]}'")
            if claim := COUNTING_WORDS.search(text):
                raise ValueError(f"{file}, {measure.id}: it claims something: '{claim[0]}'")
        for number in measure.numbers.values():
            if not WHEN.fullmatch(number):
                raise ValueError(
                    f"{file}, {measure.id}: '{number}' is not a year, a day, or a name with a "
                    "year behind it. What was counted stands in the figures."
                )
        unknown = set(SLOT.findall(measure.text)) - set(measure.numbers)
        if unknown:
            raise ValueError(f"{file}, {measure.id}: {sorted(unknown)} not among its numbers")
        if measure.status == "done" and not measure.answer:
            raise ValueError(f"{file}, {measure.id}: a promise that is done needs an answer")
        found[measure.id] = measure
    return list(found.values())


def _checked_observation(observation: Observation, file: str) -> Observation:
    if findings := check_words(observation.text):
        raise ValueError(f"{file}, {observation.topic}: an observation holds {findings[0]}")
    return observation


def _minister_blocks(own: Path | None) -> tuple[MinisterBlock, ...]:
    """VERTROUWD_HOME/letter/YEAR/*.txt; the first line says who signs: `Ondertekend door: ...`."""
    blocks = []
    for path in sorted(own.glob("*.txt")) if own and own.is_dir() else []:
        first, _, rest = path.read_text(encoding="utf-8").strip().partition("\n")
        signed = SIGNED.fullmatch(first.strip())
        if not signed:
            raise ValueError(f"{path.name}: the first line must be 'Ondertekend door: ...'")
        if findings := check_words(f"{signed[1]} {rest}", judgements_allowed=True):
            raise ValueError(
                f"{path.name}: {findings[0]}; a minister's own block may judge, not count"
            )
        paragraphs = tuple(" ".join(part.split()) for part in rest.split("\n\n") if part.strip())
        blocks.append(MinisterBlock(signed[1].strip(), paragraphs))
    return tuple(blocks)
