"""The register follows DUO's files: adds, changes, closes, reopens, and never loses a school."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from vertrouwd.audit.models import Line
from vertrouwd.schools.models import Board, Institution, Location
from vertrouwd.schools.register import (
    SHIPPED,
    ManyClosings,
    ensure_loaded,
    limits,
    update_register,
)
from vertrouwd.schools.register_file import UnreadableFile, read_register

DUO_2013 = Path(__file__).parent / "data" / "duo_vestigingen_basisonderwijs_2013.csv"
DAY = date(2024, 11, 22)
LATER = date(2025, 11, 22)

HEADER_2024 = SHIPPED.read_text(encoding="utf-8").splitlines()[0].split(",")
SCHOOL = {
    "brin_nummer": "16DJ", "vestigingscode": "16DJ00", "naam": "De Esdoorn", "type": "basisschool",
    "sector_mapped": "po", "denominatie": "Openbaar", "straat": "Dorpsstraat", "huisnummer": "1",
    "postcode": "7811AA", "plaats": "Emmen", "gemeente": "EMMEN", "provincie": "Drenthe",
    "leerlingen": "120",
}  # fmt: skip


def school(code: str, **changes: str) -> dict[str, str]:
    return SCHOOL | {"brin_nummer": code[:4], "vestigingscode": code} | changes


def write(path: Path, *rows: dict[str, str]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADER_2024, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())
    return path


@pytest.fixture
def load(tmp_path, actor):
    """Import these schools of the 2024 layout; what changed."""

    def _load(*rows, on=DAY, allow_closing=True):
        file = read_register(write(tmp_path / "schools.csv", *rows), limits=limits())
        return update_register(file, by=actor, on=on, allow_closing=allow_closing)

    return _load


def run(file: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_schools", str(file), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_register_of_2024_holds_8622_locations_of_7161_institutions(actor):
    change = update_register(read_register(SHIPPED, limits=limits()), by=actor, on=DAY)
    assert change.bad_rows == []
    assert Location.objects.count() == change.locations["added"] == 8622
    assert Institution.objects.count() == change.institutions["added"] == 7161
    special_primary = Location.objects.filter(kind="SBAO")
    assert special_primary.count() == 266
    assert set(special_primary.values_list("sector", flat=True)) == {"po"}


def test_the_same_file_again_changes_nothing(actor):
    for _ in range(2):
        change = update_register(read_register(SHIPPED, limits=limits()), by=actor, on=LATER)
    assert change.counts() == {
        "locations": {"added": 0, "changed": 0, "unchanged": 8622, "closed": 0, "reopened": 0},
        "institutions": {"added": 0, "changed": 0, "unchanged": 7161, "closed": 0, "reopened": 0},
        "boards": {"added": 0, "changed": 0, "unchanged": 0, "closed": 0, "reopened": 0},
    }


def test_the_file_that_duo_published_in_2013_is_read_with_its_boards_and_its_accents(actor):
    change = update_register(read_register(DUO_2013, limits=limits()), by=actor, on=DAY)
    assert change.bad_rows == []
    assert (change.locations["added"], change.boards["added"]) == (6804, Board.objects.count())
    assert set(Location.objects.values_list("sector", flat=True)) == {"po"}
    eenspan = Location.objects.get(code="16AH00")
    assert (eenspan.name, eenspan.town, eenspan.postcode) == ("OBS 't Eenspan", "Emmen", "7822HG")
    assert eenspan.institution.board == Board.objects.get(number="10249")
    assert Location.objects.filter(denomination="Hindoeïstisch").exists()
    assert Location.objects.filter(town="'s-Gravenhage").count() == 136


def test_a_file_of_primary_schools_closes_no_other_kind_of_school(actor):
    update_register(read_register(SHIPPED, limits=limits()), by=actor, on=DAY)
    change = update_register(read_register(DUO_2013, limits=limits()), by=actor, on=LATER)
    assert change.locations["added"] == 889
    closed = Location.objects.filter(closed_on=LATER)
    assert closed.count() == change.locations["closed"] == 200
    assert set(closed.values_list("kind", flat=True)) == {"basisschool"}


DUO_TODAY = (
    "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;"
    "HUISNUMMER-TOEVOEGING;POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;{more}\r\n"
    "Friesland;41234;{code};{code}00;Súdwest;Dyk;1-A;8861 JE;HARLINGEN;0072;HARLINGEN;"
    "Openbaar;{value}\r\n"
)


@pytest.mark.parametrize(
    ("more", "value", "sector", "kind"),
    [
        ("INTERNETADRES", "www.example.org", "po", "basisschool"),
        ("ONDERWIJSSTRUCTUUR", "VBO/MAVO", "vo", "VBO/MAVO"),
        ("SOORT PRIMAIR ONDERWIJS", "SBAO", "po", "SBAO"),
        ("soort  primair onderwijs ", "(V)SO", "so", "(V)SO"),
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_files_that_duo_publishes_today_are_read(
    tmp_path, actor, more, value, sector, kind, encoding
):
    path = tmp_path / "duo.csv"
    path.write_bytes(DUO_TODAY.format(code="02AB", more=more, value=value).encode(encoding))
    update_register(read_register(path, limits=limits()), by=actor, on=DAY)
    location = Location.objects.get()
    assert (location.name, location.sector, location.kind) == ("Súdwest", sector, kind)
    assert location.house_number == "1-A"


def test_a_location_that_is_no_longer_in_the_file_is_closed_and_kept(load):
    load(school("16DJ00"), school("16DJ01"))
    change = load(school("16DJ00"), on=LATER)
    assert change.locations["closed"] == 1
    assert Location.objects.get(code="16DJ01").closed_on == LATER
    assert Institution.objects.get(code="16DJ").closed_on is None


def test_an_institution_closes_with_its_last_location_and_reopens_when_one_returns(load):
    load(school("16DJ00"), school("08EY00"))
    change = load(school("08EY00"), on=LATER)
    assert change.institutions["closed"] == 1
    assert Institution.objects.get(code="16DJ").closed_on == LATER
    change = load(school("16DJ00"), school("08EY00"), on=LATER)
    assert (change.locations["reopened"], change.institutions["reopened"]) == (1, 1)
    assert Institution.objects.get(code="16DJ").closed_on is None


def test_a_closed_school_keeps_the_day_it_closed(load):
    load(school("16DJ00"), school("08EY00"))
    load(school("08EY00"), on=DAY)
    assert load(school("08EY00"), on=LATER).locations["closed"] == 0
    assert Institution.objects.get(code="16DJ").closed_on == DAY


def test_an_institution_is_called_as_its_first_open_location(load):
    load(
        school("16DJ00", naam="Hoofdgebouw"),
        school("16DJ01", naam="Bijgebouw", plaats="Klazienaveen"),
    )
    assert Institution.objects.get().name == "Hoofdgebouw"
    load(school("16DJ01", naam="Bijgebouw", plaats="Klazienaveen"), on=LATER)
    institution = Institution.objects.get()
    assert (institution.name, institution.town) == ("Bijgebouw", "Klazienaveen")


def test_a_changed_name_is_one_change(load):
    load(school("16DJ00"), school("08EY00"))
    change = load(school("16DJ00", naam="De Nieuwe Esdoorn"), school("08EY00"))
    assert change.locations == {"changed": 1, "unchanged": 1, "closed": 0}
    assert Institution.objects.get(code="16DJ").name == "De Nieuwe Esdoorn"


def test_columns_that_a_file_lacks_keep_their_value(load, tmp_path, actor):
    load(school("02AB00", leerlingen="120"))
    path = tmp_path / "duo.csv"
    path.write_text(DUO_TODAY.format(code="02AB", more="X", value=""), encoding="utf-8", newline="")
    update_register(read_register(path, limits=limits()), by=actor, on=DAY)
    location = Location.objects.get()
    assert (location.name, location.pupils) == ("Súdwest", 120)
    load(school("02AB00"))
    assert Institution.objects.get().board == Board.objects.get(number="41234")


def test_invented_schools_are_never_closed_by_a_file(load, actor):
    load(school("16DJ00"))
    invented = Institution.objects.create(
        register="brin", code="ZZ01", name="De Verzonnen Boom", sector="po", is_invented=True
    )
    Location.objects.create(
        institution=invented, code="ZZ0100", name="De Verzonnen Boom", sector="po", town="Nergens"
    )
    load(school("16DJ00"), on=LATER)
    assert Location.objects.get(code="ZZ0100").closed_on is None


BAD_ROWS = [
    ({"vestigingscode": ""}, "vestigingscode", "is empty"),
    ({"vestigingscode": "16DJ"}, "vestigingscode", "'16DJ' is not a location code"),
    ({"vestigingscode": "ZZ0100", "brin_nummer": "ZZ01"}, "vestigingscode", "such as 16AH00"),
    ({"brin_nummer": "08EY"}, "brin_nummer", "Allowed: 16DJ"),
    ({"naam": " "}, "naam", "is empty"),
    ({"plaats": ""}, "plaats", "is empty"),
    ({"type": "kostschool"}, "type", "'kostschool' is not a type of school"),
    ({"sector_mapped": "mbo"}, "sector_mapped", "Allowed: po, sbo, so, vo"),
    ({"sector_mapped": "vo"}, "sector_mapped", "does not fit the type basisschool"),
    ({"naam": "x" * 301}, "naam", "has 301 characters. Allowed: at most 300"),
    ({"postcode": "7811 AAX"}, "postcode", "at most 6"),
    ({"leerlingen": "veel"}, "leerlingen", "'veel' is not a number of pupils"),
]


@pytest.mark.parametrize(("mistake", "column", "reason"), BAD_ROWS)
def test_a_bad_row_is_named_with_its_column_and_what_is_allowed(load, mistake, column, reason):
    change = load(school("08EY00"), school("16DJ00") | mistake)
    assert change.locations["added"] == 1
    [bad] = change.bad_rows
    assert (bad.line, bad.column) == (3, column)
    assert reason in bad.reason
    assert "Allowed" in bad.reason


def test_the_second_row_of_the_same_location_is_refused(load):
    change = load(school("16DJ00"), school("16DJ00", naam="Dubbel"))
    assert "'16DJ00' stands in row 2 already" in change.bad_rows[0].reason
    assert Location.objects.get().name == "De Esdoorn"


def test_a_row_with_too_few_columns_is_refused(tmp_path):
    path = write(tmp_path / "schools.csv", school("08EY00"))
    path.write_bytes(path.read_bytes() + b"16DJ,16DJ00,De Esdoorn\r\n\r\n")
    [bad] = read_register(path, limits=limits()).bad_rows
    assert bad.reason == "has 3 columns. Allowed: 19, as in row 1."


def test_a_location_that_stands_in_a_bad_row_is_not_closed(load):
    load(school("16DJ00"), school("08EY00"))
    change = load(school("08EY00"), school("16DJ00", naam=""), on=LATER)
    assert change.locations["closed"] == 0


def test_a_masked_number_of_pupils_is_unknown(load):
    load(school("16DJ00", leerlingen="<5"))
    assert Location.objects.get().pupils is None


def test_a_file_that_lacks_most_of_the_register_asks_whether_that_is_meant(load):
    codes = [f"{number:02}AB00" for number in range(10)]
    load(*map(school, codes))
    assert load(*map(school, codes[:8]), allow_closing=False).locations["closed"] == 2
    with pytest.raises(ManyClosings, match=r"would close 7 of 8 open locations \(po\)"):
        load(school(codes[0]), allow_closing=False)
    assert Location.objects.filter(closed_on=None).count() == 8
    assert load(school(codes[0]), allow_closing=True).locations["closed"] == 7


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"\xff\xfen\x00a\x00", "is not a text file in UTF-8 or Windows-1252"),
        (b"naam\x81,plaats\r\n", "neither UTF-8 nor Windows-1252"),
        (b"a,b\r\n1,2\r\n", "lacks the column VESTIGINGSCODE or VESTIGINGSNUMMER"),
        (b"vestigingscode,naam\r\n", "lacks the column PLAATS or PLAATSNAAM"),
        (b"vestigingscode,naam,plaats\r\n", "has a header but no rows"),
        (b"vestigingscode,naam,NAAM,plaats\r\n", "two columns for the same thing"),
        (b'vestigingscode,naam,plaats\r\n"' + b"x" * 200_000 + b'"\r\n', "this is no CSV"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_clear_line(tmp_path, content, reason):
    path = tmp_path / "schools.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"schools\.csv") as refusal:
        read_register(path, limits={})
    assert reason in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="There is no file"):
        read_register(tmp_path / "nowhere.csv", limits={})


def test_the_command_says_what_changed_and_names_bad_rows(db, tmp_path):
    file = write(tmp_path / "schools.csv", school("16DJ00"), school("08EY00", plaats=""))
    said = run(file)
    assert "schools.csv, row 3, column plaats: is empty. Allowed: a text." in said
    assert "1 rows taken, 1 rejected" in said
    assert "locations: 1 added, 0 changed, 0 unchanged, 0 closed, 0 reopened" in said


def test_the_command_gives_the_same_as_json(db, tmp_path):
    file = write(tmp_path / "schools.csv", school("16DJ00"), school("08EY00", plaats=""))
    said = json.loads(run(file, "--json"))
    assert said["locations"]["added"] == 1
    assert said["rejected"][0]["row"] == 3


def test_the_command_refuses_a_file_without_a_good_row_and_changes_nothing(db, tmp_path):
    file = write(tmp_path / "schools.csv", school("16DJ00", plaats=""))
    with pytest.raises(CommandError, match="no good row; nothing changed") as refusal:
        run(file)
    assert refusal.value.returncode == 2
    assert not Line.objects.exists()


def test_the_command_refuses_many_closings_unless_they_are_meant(db, tmp_path):
    file = tmp_path / "schools.csv"
    run(write(file, school("16DJ00"), school("08EY00"), school("17PZ00")))
    with pytest.raises(CommandError, match="--allow-closing") as refusal:
        run(write(file, school("16DJ00")))
    assert refusal.value.returncode == 2
    assert "2 closed" in run(file, "--allow-closing")


def test_an_import_is_one_line_in_the_log(load, actor):
    load(school("16DJ00"))
    line = Line.objects.get()
    assert (line.action, line.actor, line.object) == ("import_schools", "system", "schools.csv")
    assert line.detail["locations"]["added"] == 1


def test_the_register_that_comes_along_is_loaded_once(actor):
    assert ensure_loaded(by=actor)
    assert not ensure_loaded(by=actor)
    assert Location.objects.count() == 8622


def test_invented_schools_do_not_count_as_a_register(actor):
    invented = Institution.objects.create(
        register="brin", code="ZZ01", name="De Verzonnen Boom", sector="po", is_invented=True
    )
    Location.objects.create(
        institution=invented, code="ZZ0100", name="De Verzonnen Boom", sector="po", town="Nergens"
    )
    assert ensure_loaded(by=actor)


def test_a_loaded_register_needs_few_queries(actor, django_assert_max_num_queries):
    file = read_register(SHIPPED, limits=limits())
    update_register(file, by=actor, on=DAY)
    with django_assert_max_num_queries(12):
        update_register(file, by=actor, on=DAY)
