"""How a released table is laid out on paper and screen."""

from vertrouwd.disclosure.safe import Mark, SafeRow, SafeTable
from vertrouwd.publication.overview.grids import SourceList, grid
from vertrouwd.publication.overview.language import DUTCH, for_childcare


def table(*dimensions: str, rows: dict[tuple[str, ...], int | None]) -> SafeTable:
    made = tuple(SafeRow(codes, value, Mark.COUNTED) for codes, value in rows.items())
    return SafeTable("t", "Titel", "dossiers", dimensions, made, "besluit")


def labels(of: SafeTable) -> list[str]:
    return [line.label for line in grid(of, SourceList()).lines]


def test_unknown_is_a_code_like_the_others_and_stands_before_the_total():
    rows = {("totaal",): 6, ("onbekend",): 3, ("po",): 2, ("vo",): 1}
    assert labels(table("sector", rows=rows)) == ["po", "vo", "onbekend", "totaal"]


def test_the_second_of_two_dimensions_goes_across():
    laid_out = grid(table("a", "b", rows={("x", "1"): 5, ("x", "2"): 6}), SourceList())
    assert laid_out.columns == ("1", "2")
    assert [entry.text for entry in laid_out.lines[0].entries] == ["5", "6"]


def test_subcategories_stand_in_a_block_of_their_category():
    rows = {("geweld", "pesten"): 1, ("geweld", "totaal"): 1, ("totaal", "totaal"): 1}
    blocks = grid(table("categorie", "subcategorie", rows=rows), SourceList()).blocks
    assert [block.heading for block in blocks] == ["geweld", ""]
    assert [line.label for line in blocks[0].lines] == ["pesten", "totaal"]
    assert [line.label for line in blocks[1].lines] == ["alles samen"]


def test_a_combination_that_was_not_released_is_a_gap_and_never_a_zero():
    rows = {("x", "1"): 0, ("y", "2"): None}
    laid_out = grid(table("a", "b", rows=rows), SourceList())
    assert [[e.text for e in line.entries] for line in laid_out.lines] == [
        ["0", "niet gepubliceerd"],
        ["niet gepubliceerd", "niet gepubliceerd"],
    ]


def test_months_are_called_by_their_name():
    assert labels(table("maand", rows={("2022-08",): 1})) == ["augustus 2022"]


def test_a_source_keeps_its_number():
    sources = SourceList()
    assert [sources.number(name) for name in ("een", "twee", "een", "")] == [1, 2, 1, 0]


def test_in_childcare_a_learner_is_a_child_and_a_school_is_childcare():
    rows = {("leerling", "op school"): 1, ("ouder", "buiten school"): 2}
    made = table("beklaagde", "plaats", rows=rows)
    laid_out = grid(made, SourceList(), language=for_childcare(DUTCH))
    assert [line.label for line in laid_out.lines] == ["kind", "ouder"]
    assert laid_out.columns == ("op de opvang", "buiten de opvang")
    note = "De jongste leerling die bij het dossier betrokken is, als betrokkene of als beklaagde."
    assert for_childcare(DUTCH).note(note)[0].startswith("Het jongste kind dat")
