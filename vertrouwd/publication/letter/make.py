"""Make the letter of a year: compose, check, write. The one entry of this package."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vertrouwd.durable import write_whole
from vertrouwd.publication.letter.catalogue import Figures, read_figures
from vertrouwd.publication.letter.compose import compose
from vertrouwd.publication.letter.context import read_context
from vertrouwd.publication.letter.opendocument import odt_bytes
from vertrouwd.publication.letter.pdf import pdf_bytes
from vertrouwd.publication.letter.pedigree import pedigree, unexplained_numbers
from vertrouwd.publication.letter.plain import plain_text
from vertrouwd.publication.letter.template import check, parse

if TYPE_CHECKING:
    from vertrouwd.disclosure.release import Release

HERE = Path(__file__).parent
DEMONSTRATION = (
    "Demonstratie: de dossiers zijn verzonnen, de genoemde aantallen zijn door de Inspectie "
    "gepubliceerd."
)
PROVISIONAL = "Voorlopig: het jaar was nog niet om toen de cijfers werden vastgesteld."


@dataclass(frozen=True)
class MadeLetter:
    """The four files of a letter, and the contents of figures.json."""

    odt: bytes
    pdf: bytes
    text: str
    explained: dict[str, Any]


def make_letter(release: "Release", *, home: Path | None, on: date | None = None) -> MadeLetter:
    """The letter of a release (`disclosure.release.Release`).

    `home` may hold letter/YEAR/ with the ministers' own blocks, measures, names; `on` is the date
    of the letter. Raises ValueError when the template or the data hold what they may not, or when
    a number of the text is not explained: then there is no letter.
    """
    kind = "childcare" if release.is_childcare else "education"
    template = parse((HERE / f"{kind}.nl.txt").read_text(encoding="utf-8"))
    if findings := check(template):
        raise ValueError(f"{kind}.nl.txt, {findings[0]}")
    context = read_context(release.year, childcare=release.is_childcare, home=home, on=on)
    declared = read_figures(HERE / f"{kind}.figures.toml")
    letter = compose(template, Figures(release, declared), context)
    letter.mark = _mark(release)
    explained = pedigree(
        letter,
        policy=release.policy,
        provenance=release.provenance,
        mismatches=release.mismatches,
        observations=context.observations,
    )
    text = plain_text(letter)
    if unexplained := unexplained_numbers(text, explained):
        raise ValueError(f"the letter holds numbers without a source: {', '.join(unexplained)}")
    return MadeLetter(odt_bytes(letter), pdf_bytes(letter), text, explained)


def _mark(release: "Release") -> str:
    marks = []
    if release.provenance.is_demonstration:
        marks.append(DEMONSTRATION)
    if release.provenance.is_provisional:
        marks.append(PROVISIONAL)
    return " ".join(marks)


def write_letter(made: MadeLetter, folder: Path) -> list[Path]:
    """letter.odt, letter.pdf, letter.txt and figures.json in the folder, each written whole."""
    explained = json.dumps(made.explained, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
    contents = {
        "letter.odt": made.odt,
        "letter.pdf": made.pdf,
        "letter.txt": made.text.encode("utf-8"),
        "figures.json": explained.encode("utf-8"),
    }
    for name, content in contents.items():
        write_whole(folder / name, content, mode=0o644)
    return [folder / name for name in contents]
