"""figures.json: what every number of the letter is and where it comes from. No Django here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from vertrouwd.disclosure.safe import Mismatch, Policy, Provenance
from vertrouwd.publication.letter.blocks import Letter, field_name
from vertrouwd.publication.letter.context import Observation

RUN_IN = (
    "Every query is one SELECT. Run it with DuckDB, the folder VERTROUWD_HOME as working "
    "directory; it returns the value."
)
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def pedigree(
    letter: Letter,
    *,
    policy: Policy,
    provenance: Provenance,
    mismatches: Iterable[Mismatch] = (),
    observations: Iterable[Observation] = (),
) -> dict[str, Any]:
    """The contents of figures.json, ready for `json.dumps`.

    `figures` and `references` together explain every number of the letter; `claims` are the
    guarded words that were asked for, `gaps` what cannot be said and why.
    """
    return {
        "title": letter.title,
        "year": letter.year,
        "unit": letter.unit,
        "run_in": RUN_IN,
        "demonstration": provenance.is_demonstration,
        "policy": asdict(policy),
        "provenance": asdict(provenance),
        "figures": [
            {
                "name": name,
                "field": field_name(name),
                "id": figure.id,
                "value": figure.value,
                "text": letter.printed[name],
                "unit": figure.unit,
                "mark": figure.mark.value,
                "query": figure.query,
                "sources": [asdict(source) for source in figure.sources],
                "where": letter.places[name],
            }
            for name, figure in letter.figures.items()
        ],
        "references": [
            {**asdict(reference), "field": field_name(name), "where": letter.places[name]}
            for name, reference in letter.references.items()
        ],
        "claims": [
            {
                "claim": tested.claim,
                "about": tested.about,
                "outcome": tested.result.outcome.value,
                "words": tested.result.words,
                "reason": tested.result.reason,
                "where": tested.where,
            }
            for tested in letter.claims
        ],
        "gaps": [asdict(gap) for gap in letter.gaps],
        "observations": [asdict(observation) for observation in observations],
        "mismatches": [
            {**asdict(mismatch), "difference": mismatch.difference} for mismatch in mismatches
        ],
    }


def unexplained_numbers(text: str, explained: Mapping[str, Any]) -> list[str]:
    """The numbers of a text that neither `figures` nor `references` of figures.json explain.

    References are taken out as a whole (`29 240, nr. 136`), longest first; every number left must
    be printed so by a figure. Line breaks inside a reference do not matter.
    """
    plain = " ".join(text.split())
    references = [" ".join(entry["text"].split()) for entry in explained["references"]]
    for reference in sorted(references, key=len, reverse=True):
        # 13 is not explained away inside 213, 130, 13,3 or 2,13.
        whole = rf"(?<!\d)(?<!\d[.,]){re.escape(reference)}(?!\d|[.,]\d)"
        plain = re.sub(whole, " ", plain)
    figures = {entry["text"] for entry in explained["figures"]}
    return [found for found in DIGITS.findall(plain) if found not in figures]
