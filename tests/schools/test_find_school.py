"""A mistyped name and town lead to the school that was meant; a file row only when it is sure."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vertrouwd.schools.lookup import build_ahead, find_schools, school_index
from vertrouwd.schools.models import Institution, Location
from vertrouwd.schools.register import SHIPPED
from vertrouwd.schools.register_file import read_register
from vertrouwd.schools.search import Place, SchoolIndex
from vertrouwd.schools.spelling import compared_words, town_spelling

# What somebody typed, and the BRIN of the school that was meant.
TYPED = {
    "obs de esdorn emen": "16DJ",
    "kustschol cadzand": "11UA",
    "keerkring zoetemeer": "15KH",
    "de commeet malden": "09AA",
    "jenaplan jeanne darc tilburg": "11DG",
    "joh. louis de jonge zierikzee": "08WF",
    "julianna van stolberg poederoyen": "05SG",
    "bs juliana rijsen": "13RZ",
    "de zaaijer groningen": "24EC",
    "paasberg oosterbeek": "10ZT",
    "stefanus school wijnandsrade": "06XF",
    "kofschip volendam": "27PK",
    "rsg borgen leek": "00DI",
    "ety hilesum liceum deventer": "01VJ",
    "krulevaar meern": "27CR",
    "opdenakker haaksbergen": "07YR",
    "focus praktijkschool heerhugowaart": "08UV",
    "praktijk college charlois rotterdam": "29VW",
    "arnoldus van os bentuizen": "18EH",
    "guido de brés baarn": "08KO",
    "cbs de rank wezep": "05UO",
    "dokter de visser breda": "12FD",
    "ds stuivenbergschool nunspeet": "09JI",
    "dromevanger oud heusden": "10JF",
    "jan lichthartschool borne": "08VE",
    "st. jozef geldrop": "04JV",
    "rkbs sint josef someren": "05DJ",
    "prins bernard school kollum": "09CT",
    "singeland drachten": "04YE",
    "erasmus college almelo": "04HR",
    "katedrale koorschool utrecht": "05JR",
    "rijnstroomcollege alphen a/d rijn": "05YX",
    "vrijeschool zonnewende zutphen": "03JS",
    "pieter zand kampen": "23VL",
    "kbs steppingstones utrecht": "17ZL",
    "cals colege ijselstein": "00VY",
    "montesorischool leidsenveen den haag": "26PZ",
    "pantarein wageningen": "16YV",
    "meeuwenberg driell": "06ZA",
    "streekcollege ede": "25GE",
}


def place(institution: int, code: str, name: str, town: str, **more) -> Place:
    return Place(institution, code[:4], code, name, town, more.pop("sector", "po"), **more)


SCHOOLS = [
    place(1, "16DJ00", "Openbare Basisschool De Esdoorn", "Emmen"),
    place(2, "08EY00", "Basisschool De Esdoorn", "Elst"),
    place(3, "02AB00", "Prinses Margrietschool", "'s-Gravenhage", denomination="Openbaar"),
    place(4, "02AC00", "Bonhoeffer College locatie Noord", "Castricum", sector="vo"),
    place(4, "02AC01", "Bonhoeffer College locatie Zuid", "Castricum", sector="vo"),
    place(5, "02AD00", "De Wegwijzer", "Ede"),
    place(6, "02AE00", "De Wegwijzer", "Ede"),
    place(7, "02AF00", "De Regenboog", "Zwolle", closed_on=date(2020, 1, 1)),
    place(8, "02AG00", "De Regenboog", "Zwolle"),
    place(9, "02AH00", "School met de Bijbel", "Nieuw-Beijerland"),
]


@pytest.fixture(scope="module")
def index():
    return SchoolIndex(SCHOOLS)


@pytest.fixture(scope="module")
def full_index():
    """Every location of November 2024, read from the file."""
    numbers: dict[str, int] = {}
    return SchoolIndex(
        Place(
            numbers.setdefault(row.institution, len(numbers)), row.institution, row.code,
            row.values["name"], row.values["town"], row.values["sector"],
            row.values["municipality"], row.values["kind"], row.values["denomination"],
        )
        for row in read_register(SHIPPED, limits={}).rows
    )  # fmt: skip


@pytest.fixture
def register(db):
    """Two schools in the database."""
    for code, name, town in (
        ("16DJ", "Openbare Basisschool De Esdoorn", "Emmen"),
        ("11UA", "Openbare Basisschool De Kustschool", "Cadzand"),
    ):
        add_school(code, name, town)


def add_school(code: str, name: str, town: str, **more) -> None:
    institution = Institution.objects.create(
        register="brin", code=code, name=name, town=town, sector="po", **more
    )
    Location.objects.create(
        institution=institution, code=f"{code}00", name=name, sector="po", town=town
    )


def first(index, text, **options):
    found = index.search(text, **options)
    return found[0].place.code if found else None


def test_of_forty_mistyped_schools_at_least_nine_in_ten_come_first(full_index):
    wrong = {
        text: [(match.place.brin, match.place.name, match.score) for match in found]
        for text, brin in TYPED.items()
        if not (found := full_index.search(text)) or found[0].place.brin != brin
    }
    assert len(TYPED) == 40
    assert len(wrong) <= len(TYPED) // 10, wrong


def test_the_best_three_are_shown_best_first(full_index):
    found = full_index.search("obs de esdorn emen")
    assert found[0].place.code == "16DJ00"
    assert len(found) == 3
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score < 100 for score in scores)


@pytest.mark.parametrize("text", ["16DJ", "16dj", " 16DJ00 "])
def test_a_code_gives_that_school_alone_with_full_score(index, text):
    [match] = index.search(text)
    assert (match.place.code, match.score) == ("16DJ00", 100)


@pytest.mark.parametrize(
    "text",
    ["margrietschool den haag", "Pr. Margriet School 's Gravenhage", "margriet s-gravenhage"],
)
def test_the_two_names_of_a_town_are_one(index, text):
    assert first(index, text) == "02AB00"


@pytest.mark.parametrize("text", ["de esdoorn emmen", "esdoorn, EMMEN", "Dé Ësdoorn (Emmen)"])
def test_accents_capitals_and_signs_do_not_matter(index, text):
    assert first(index, text) == "16DJ00"


def test_one_institution_with_two_locations_is_shown_once(index):
    found = index.search("bonhoefer college castricum")
    assert [match.place.institution for match in found].count(4) == 1


def test_a_sector_leaves_out_the_others(index):
    assert first(index, "bonhoeffer castricum", sector="po") is None
    assert first(index, "bonhoeffer castricum", sector="vo") == "02AC00"


def test_a_closed_school_stands_behind_an_open_one_of_the_same_name(index):
    found = index.search("de regenboog zwolle")
    assert [match.place.code for match in found[:2]] == ["02AG00", "02AF00"]


@pytest.mark.parametrize("text", ["xqzw", "basisschool", "...", ""])
def test_a_text_that_says_nothing_finds_nothing(full_index, text):
    assert full_index.search(text) == []


def test_an_empty_register_finds_nothing():
    assert SchoolIndex([]).search("de esdoorn") == []


@pytest.mark.parametrize(
    ("name", "town", "institution"),
    [
        ("OBS De Esdoorn", "Emmen", 1),
        ("Bonhoeffer College", "Castricum", 4),  # two locations, one institution
        ("16DJ00", "", 1),
        ("De Esdoorn", "", None),  # there are two
        ("De Esdoorn", "Zwolle", None),  # not there
        ("De Wegwijzer", "Ede", None),  # two schools of one name in one town
        ("De Wegwijzer", "Utrecht", None),
        ("School met de Bijbel De Schakel", "Nieuw-Lekkerland", None),
        ("Een heel andere school", "Emmen", None),
        ("", "Emmen", None),
        ("", "", None),
    ],
)
def test_a_row_of_a_file_gets_a_school_only_when_it_is_certain(index, name, town, institution):
    assert index.resolve(name, town) == institution


def test_a_school_of_another_sector_is_not_taken(index):
    assert index.resolve("OBS De Esdoorn", "Emmen", "vo") is None
    assert index.resolve("OBS De Esdoorn", "Emmen", "po") == 1


def test_a_typing_error_leaves_a_school_certain(full_index):
    found = full_index.resolve("de esdorn", "emmen")
    assert found == full_index.search("16DJ")[0].place.institution


def test_a_school_is_certain_under_its_own_name_or_not_at_all(full_index):
    """Every tenth school of the register, asked by its own name: never another one."""
    places = full_index.places[::10]
    found = [full_index.resolve(place.name, place.town, place.sector) for place in places]
    assert all(
        number in (None, place.institution) for number, place in zip(found, places, strict=True)
    )
    assert sum(number is not None for number in found) > 0.9 * len(found)


def test_resolving_gives_the_institution_of_the_register(register):
    index = school_index()
    assert index.resolve("16DJ", "") == Institution.objects.get(code="16DJ").pk
    assert index.resolve("de esdoorn", "utrecht") is None


def test_the_index_follows_the_register(register):
    assert first(school_index(), "zeearend lutjebroek") is None
    add_school("99ZZ", "De Zeearend", "Lutjebroek")
    assert first(school_index(), "zeearend lutjebroek") == "99ZZ00"


def test_an_unchanged_register_is_indexed_once(register):
    assert school_index() is school_index()


@pytest.mark.django_db(transaction=True)
def test_whoever_searches_first_finds_the_index_that_was_built_ahead(home):
    add_school("99ZZ", "De Zeearend", "Lutjebroek")
    build_ahead().join()
    with CaptureQueriesContext(connection) as asked:
        assert first(school_index(), "zeearend lutjebroek") == "99ZZ00"
    assert not [each for each in asked if "denomination" in each["sql"]]  # no row was read


def test_the_index_follows_a_school_that_got_another_name(register):
    add_school("99ZZ", "De Zeearend", "Lutjebroek")
    assert first(school_index(), "zeearend lutjebroek") == "99ZZ00"
    Location.objects.filter(code="99ZZ00").update(name="De Kolibrie")
    assert first(school_index(), "de kolibrie lutjebroek") == "99ZZ00"


def test_invented_schools_are_never_found(register):
    add_school("ZZ01", "De Verzonnen Boom", "Nergens", is_invented=True)
    assert find_schools("de verzonnen boom nergens") == []
    assert find_schools("ZZ01") == []


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("find_school", *words, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_loads_the_register_that_comes_along(db):
    assert "16DJ00  po   Openbare Basisschool De Esdoorn, Emmen" in run(
        "obs", "de", "esdorn", "emen"
    )


def test_the_command_marks_a_closed_school(register):
    Location.objects.filter(code="16DJ00").update(closed_on=date(2025, 8, 1))
    assert "(closed on 2025-08-01)" in run("16DJ")
    assert json.loads(run("16DJ", "--json"))["found"][0]["closed_on"] == "2025-08-01"


def test_the_command_says_what_to_try_when_nothing_is_found(register):
    assert "No school found for 'xqzw'. Try" in run("xqzw")
    assert "leave out --sector" not in run("xqzw")
    assert "leave out --sector" in run("xqzw", "--sector", "vo")
    assert json.loads(run("xqzw", "--json")) == {"text": "xqzw", "found": []}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([""], "no text to look for"),
        ([" . "], "no text to look for"),
        (["x" * 201], "at most 200"),
        (["de esdoorn", "--sector", "basis"], r"Possible: po, so, vo\.$"),
        (["albeda", "--sector", "mbo"], r"not a sector of the register. Possible: po, so, vo\.$"),
    ],
)
def test_the_command_refuses_what_cannot_be_a_question(db, words, reason):
    with pytest.raises(CommandError, match=reason) as refusal:
        run(*words)
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    ("capitals", "usual"),
    [
        ("EMMEN", "Emmen"),
        ("'S-GRAVENHAGE", "'s-Gravenhage"),
        ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
        ("IJMUIDEN", "IJmuiden"),
        ("DEN HAAG", "Den Haag"),
        ("WEST-TERSCHELLING", "West-Terschelling"),
        ("'T HARDE", "'t Harde"),
        ("Nieuwer Ter Aa", "Nieuwer Ter Aa"),
    ],
)
def test_a_town_in_capitals_is_written_as_usual(capitals, usual):
    assert town_spelling(capitals) == usual


def test_abbreviations_are_written_out_before_names_are_compared():
    assert compared_words("R.K.B.S. St. Jozef") != []
    assert compared_words("OBS St. Jan") == ["openbare", "basisschool", "sint", "jan"]
    assert compared_words("Beatrixschool") == compared_words("Beatrix School")
    assert compared_words("Basisschool") == ["basisschool"]
