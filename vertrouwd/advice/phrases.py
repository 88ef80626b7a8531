"""What the pages with questions say besides the questions. No Django.

The report form and the signpost each have a file of phrases; what both say stands here.
"""

import tomllib
from functools import cache
from pathlib import Path

from vertrouwd.advice.duty_texts import duty_texts
from vertrouwd.advice.numbers import text_of
from vertrouwd.advice.wording import Text

COMMON = Path(__file__).parent / "data" / "phrases.toml"


@cache
def phrases_with(own: Path) -> dict[str, Text]:
    """Every phrase by its name, with those of the file `own`.

    Raises ValueError when one stands in both.
    """
    common, theirs = _read(COMMON), _read(own)
    if both := common.keys() & theirs.keys():
        raise ValueError(f"{sorted(both)}: said twice, here and in {own.name}.")
    return common | theirs | duty_texts()


@cache
def _read(path: Path) -> dict[str, Text]:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: text_of(each) for name, each in read.items()}
