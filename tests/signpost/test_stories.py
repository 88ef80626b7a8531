"""People at the signpost, in their own words."""

import pytest

from tests.signpost.visiting import Visitor

pytestmark = pytest.mark.one_engine


def test_a_girl_of_12_finds_help_and_is_told_in_her_own_words_that_she_did_nothing_wrong():
    girl = Visitor().choose("nee", "vo", "leerling", "seks", "werkt er")
    girl.choose("onder 18", "72 uur", "praten")
    assert girl.steps == [
        "Bel het Centrum Seksueel Geweld",
        "Praat met De Kindertelefoon",
        "Bel een vertrouwensinspecteur",
    ]
    assert "Jij hebt niets fout gedaan" in girl.text
    assert "72 uur" in girl.text
    assert "7 dagen" in girl.text
    assert "0800-0188" in girl.text
    assert " u " not in girl.text.lower().replace("kies u", "")


def test_who_would_rather_write_than_call_is_led_to_the_report_form():
    parent = Visitor().choose("nee", "po", "ouder", "pesten", "leerling", "stoppen")
    assert 'href="/melden"' in parent.page.split("<main")[1]
    assert "Liever schrijven? Vul het meldformulier in" in parent.text
    same = Visitor("en").choose("nee", "po", "ouder", "pesten", "leerling", "stoppen")
    assert 'href="/melden?taal=en"' in same.page.split("<main")[1]


def test_a_board_that_must_consult_is_not_sent_to_a_form():
    board = Visitor().choose("nee", "vo", "bestuur", "seks", "werkt er", "leerling")
    board.choose("onder 18", "7 dagen")
    assert "Vul het meldformulier in" not in board.text


def test_a_teacher_learns_that_telling_the_head_is_not_enough():
    teacher = Visitor().choose(
        "nee", "po", "personeel", "seks", "werkt er", "leerling", "langer", "raad"
    )
    assert teacher.steps[0] == "Vertel het nu zelf aan het bestuur"
    assert "Alleen de leidinggevende inlichten is niet genoeg" in teacher.duties
    assert "WPO 4a" in teacher.duties
    assert "Geheimhouding is geen reden om te zwijgen" in teacher.duties


def test_a_board_learns_that_it_must_consult_at_once_and_what_follows():
    board = Visitor().choose("nee", "vo", "bestuur", "seks", "werkt er", "leerling")
    board.choose("onder 18", "7 dagen")
    assert board.steps[:2] == [
        "Overleg nu met een vertrouwensinspecteur",
        "Bel het Centrum Seksueel Geweld",
    ]
    assert "Overlegplicht" in board.duties
    assert "Daarna, als het vermoeden redelijk is: Aangifteplicht" in board.duties


def test_a_student_of_20_at_a_university_finds_help_though_no_duty_runs():
    student = Visitor().choose("nee", "ho", "leerling", "seks", "werkt er", "vanaf 18", "langer")
    student.choose("raad")
    assert student.steps == [
        "Bel een vertrouwensinspecteur",
        "Praat met de vertrouwenspersoon",
        "Bel Slachtofferhulp Nederland",
    ]
    assert not student.duties


def test_a_childcare_worker_who_sees_a_toddler_hit_tells_the_provider():
    worker = Visitor().choose("nee", "kinderopvang", "personeel", "geweld", "werkt er", "leerling")
    worker.choose("raad")
    assert worker.steps[0] == "Vertel het nu aan de houder"
    assert "Wko 1.51b" in worker.duties


def test_where_the_provider_is_accused_who_works_there_is_not_sent_to_the_provider():
    worker = Visitor().choose("nee", "kinderopvang", "personeel", "seks", "houder", "leerling")
    worker.choose("langer", "raad")
    assert "Vertel het nu aan de houder" not in worker.steps
    assert worker.steps[0] == "Bel een vertrouwensinspecteur"


def test_on_bonaire_the_numbers_are_those_of_the_islands():
    pupil = Visitor().choose("nee", "eilanden", "vo", "leerling", "pesten", "leerling")
    pupil.choose("onder 18", "praten")
    assert "Praat met Guana Chat" in pupil.steps
    assert "918" in pupil.text
    assert "CNvertrouwensinspectie@owinsp.nl" in pupil.text
    assert "0900 111 3 111" not in pupil.text


def test_a_pupil_of_a_primary_school_learns_that_a_grown_up_makes_the_complaint():
    pupil = Visitor().choose("nee", "po", "leerling", "pesten", "leerling", "klacht")
    assert pupil.steps[0] == "Vraag een ouder of iemand van school om de klacht"
    assert "kun je zelf geen klacht indienen" in pupil.text


def test_violence_at_home_is_another_road_and_the_page_says_so():
    teacher = Visitor().choose("nee", "po", "personeel", "thuis")
    assert teacher.steps[:2] == ["Volg de meldcode van je organisatie", "Bel Veilig Thuis"]
    assert "andere regeling" in teacher.text


def test_between_staff_there_is_advice_and_nothing_is_owed():
    colleague = Visitor().choose(
        "nee", "vo", "personeel", "seksuele opmerkingen", "werkt er", "personeel", "raad"
    )
    assert "personeel onderling" in colleague.duties
    assert "Vertel" not in colleague.steps[0]


def test_in_danger_112_comes_first_at_once_and_stays_first_after_going_on():
    assert Visitor().choose("ja", "stop").steps == ["Bel nu 112"]
    later = Visitor().choose("ja", "verder", "po", "ouder", "pesten", "leerling", "stoppen")
    assert later.steps[0] == "Bel nu 112"


def test_an_english_parent_reads_everything_in_english():
    parent = Visitor("en").choose("nee", "po", "ouder", "pesten", "leerling", "stoppen")
    assert "This is what you can do now" in parent.text
    assert "Call a confidential inspector" in parent.steps
