"""Notes in a dossier: sealed, edited by several people, and nothing that was written is lost."""

import pytest

from tests.dossiers.casework import Office
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import NoteKind
from vertrouwd.dossiers.models import Note
from vertrouwd.dossiers.notes import LONGEST_NOTE, Changed, add_note, edit_note, words_of
from vertrouwd.dossiers.refused import Refused
from vertrouwd.sealing.models import SealedText

WORDS = "Moeder belt morgen na tien uur terug."


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def write(office: Office, dossier, words: str = WORDS, **more) -> Note:
    return add_note(
        dossier, kind=NoteKind.CALL, words=words, by=office.inspector, opened=office.opened, **more
    )


def edit(office: Office, note: Note, words: str, expected: int = 1, by=None) -> Note:
    return edit_note(
        note, words=words, expected=expected, by=by or office.inspector, opened=office.opened
    )


def test_a_note_is_sealed_and_the_log_holds_no_word_of_it(office) -> None:
    dossier = office.dossier()
    note = write(office, dossier)
    assert words_of(note, opened=office.opened) == WORDS
    assert "Moeder" not in str(list(Line.objects.values()))
    assert not any(b"Moeder" in bytes(row.ciphertext) for row in SealedText.objects.all())
    assert Line.objects.get(action="add_note").detail == {"note": note.pk}


def test_a_form_that_is_sent_twice_makes_one_note(office) -> None:
    dossier = office.dossier()
    first = write(office, dossier)
    assert write(office, dossier) == first
    assert write(office, dossier, after=first.pk) != first  # written down again, on purpose


def test_the_second_of_two_who_edit_sees_what_changed_and_overwrites_nothing(office) -> None:
    note = write(office, office.dossier())
    colleague = office.colleague()
    edit(office, note, "Zij belt om elf uur.", by=colleague)
    with pytest.raises(Changed) as told:
        edit(office, note, "Zij belt om twaalf uur.")
    assert told.value.words == "Zij belt om elf uur."
    assert (told.value.note.revision, told.value.note.edited_by) == (2, colleague)
    edit(office, note, "Zij belt om elf of twaalf uur.", expected=2)
    said = [words_of(note, opened=office.opened, revision=number) for number in (1, 2, 3)]
    assert said == [WORDS, "Zij belt om elf uur.", "Zij belt om elf of twaalf uur."]


def test_the_same_edit_sent_twice_is_one_revision(office) -> None:
    note = write(office, office.dossier())
    edit(office, note, "Anders.")
    edit(office, note, "Anders.")
    note.refresh_from_db()
    assert note.revision == 2


@pytest.mark.parametrize("words", ["", " \r\n ", "a" * (LONGEST_NOTE + 1)])
def test_an_empty_or_endless_note_is_refused(office, words: str) -> None:
    with pytest.raises(Refused):
        write(office, office.dossier(), words)
    assert not Note.objects.exists()


def test_a_hundred_thousand_characters_of_any_script_come_back_as_they_were(office) -> None:
    words = ("שלום 👩🏽‍🏫 \u202eabc\u202c مرحبا\n" * 5000)[:LONGEST_NOTE].strip()
    note = write(office, office.dossier(), words)
    assert words_of(note, opened=office.opened) == words
