"""Small random populations of coded rows, and a snapshot's tables made of them."""

from dataclasses import astuple
from pathlib import Path

from hypothesis import strategies as st

from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    AgeBand,
    Answer,
    Category,
    Place,
)
from vertrouwd.figures.code_lists import subcategory_codes
from vertrouwd.figures.coded import CodedRow, number_institutions
from vertrouwd.figures.snapshot_tables import write_dossiers, write_reports
from vertrouwd.schools.terms import Sector, Setting

EDUCATION = [sector.value for sector in Sector if sector != Sector.CHILDCARE]


def _one_of(terms: type) -> st.SearchStrategy[str]:
    return st.sampled_from([term.value for term in terms])


def _some_of(terms: type) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(_one_of(terms), min_size=1, max_size=3).map(lambda codes: tuple(sorted(codes)))


@st.composite
def coded_rows(draw: st.DrawFn, *, childcare: bool = False) -> CodedRow:
    """One row with any mixture of codes that the model allows."""
    category = draw(_one_of(Category))
    sector = "kinderopvang" if childcare else draw(st.sampled_from(EDUCATION))
    return CodedRow(
        month=draw(st.sampled_from(["2022-08", "2022-12", "2023-07"])),
        sector=sector,
        category=category,
        subcategory=draw(
            st.sampled_from(
                [*subcategory_codes(category), "migratieachtergrond"]
                if category == "discriminatie"
                else subcategory_codes(category) or [""]
            )
        ),
        accused_roles=draw(_some_of(AccusedRole)),
        affected_roles=draw(_some_of(AffectedRole)),
        youngest_involved=draw(_one_of(AgeBand)),
        affected_age_band=draw(_one_of(AgeBand)),
        places=draw(_some_of(Place)),
        social_media=draw(_one_of(Answer)),
        referred_to_police=draw(_one_of(Answer)),
        setting=draw(_one_of(Setting)) if childcare else "",
        sector_withheld="ja" if sector == Sector.WITHHELD else "nee",
    )


def tables_of(folder: Path, dossiers: list[CodedRow], reports: list[CodedRow]) -> tuple[Path, Path]:
    """The two Parquet files of a snapshot with these rows."""
    write_dossiers(
        folder / "dossiers.parquet",
        number_institutions((row, (1, False), None) for row in dossiers),
    )
    write_reports(
        folder / "reports.parquet", [(*astuple(row), "telefoon", "ouder") for row in reports]
    )
    return folder / "dossiers.parquet", folder / "reports.parquet"
