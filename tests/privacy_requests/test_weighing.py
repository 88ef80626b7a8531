"""Each document of a dossier is weighed by itself, with a ground, and a second person looks after
all of it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.privacy_requests.privacy_desk import NAME, OTHER, STORY
from vertrouwd.attachments.cleaning.opening import cleaned_copy
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.notes import add_note, edit_note
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.documents import documents_of
from vertrouwd.privacy_requests.models import Eyes, Weighing
from vertrouwd.privacy_requests.reading import state_of
from vertrouwd.privacy_requests.second_look import LookedAtOlder
from vertrouwd.privacy_requests.terms import Part, Stage
from vertrouwd.privacy_requests.weighing import Changed, weigh_document, words_of
from vertrouwd.sealing.models import SealedText

P = pytest.mark.parametrize


def stage(request) -> Stage:
    request.refresh_from_db()
    return state_of(request).stage


# The list


def test_every_text_and_every_coded_answer_of_a_dossier_is_on_the_list(desk):
    request = desk.asked()
    kinds = {each.kind for each in documents_of(request)}
    assert kinds == {
        "verslag van de melding", "naam, functie of contactgegevens", "aantekening",
        "gecodeerde gegevens",
    }  # fmt: skip
    assert len(documents_of(request)) == 5  # the coded answers of the report and of the dossier


def test_a_text_of_a_chapter_that_is_not_known_yet_is_on_the_list_as_well(desk):
    from vertrouwd.sealing.terms import Purpose
    from vertrouwd.sealing.texts import seal_texts

    request = desk.asked()
    record = desk.told().record  # of another dossier: not on it
    own = state_of(request).dossiers[0].record
    for each in (record, own):
        seal_texts(each, Purpose.DOSSIER, {"novelty-3": "Iets nieuws."}, by=desk.inspector)
    found = [each for each in documents_of(request) if each.kind == "andere tekst"]
    assert [each.name for each in found] == ["novelty-3"]


def test_what_was_destroyed_is_not_there_to_be_given(desk):
    from vertrouwd.sealing.destroying import destroy
    from vertrouwd.sealing.terms import Purpose

    request = desk.asked()
    report = state_of(request).dossiers[0].reports.get()
    destroy(report.record, Purpose.THREAD, by=desk.inspector)
    assert "verslag van de melding" not in {each.kind for each in documents_of(request)}


# One document


def test_why_and_what_is_blacked_out_are_sealed(desk):
    request = desk.asked()
    key = next(each.key for each in documents_of(request) if each.name == "narrative")
    why, hidden = "Bram is van een ander gezin.", "De naam van Bram."
    made = desk.weigh(request, key, "deels geven", ground=OTHER, why=why, hidden=hidden)
    assert words_of(made, opened=desk.opened) == {"why": why, "hidden": hidden, "statement": ""}
    assert not any(b"Bram" in bytes(row.ciphertext) for row in SealedText.objects.all())
    lines = str(list(Line.objects.values()))
    assert "Bram" not in lines and NAME not in lines and STORY not in lines
    assert Line.objects.filter(action="weigh_document", object=request.reference).count() == 1


@P(
    "outcome, words",
    [
        ("weigeren", {}),  # no ground
        ("weigeren", {"ground": OTHER}),  # nothing said why
        ("weigeren", {"ground": "bezwaar-loopt", "why": "x"}),  # a ground of a restriction
        ("weigeren", {"ground": "geheimhouding", "why": "x"}),  # not a sexual category
        ("weigeren", {"ground": OTHER, "why": "x", "hidden": "y"}),  # nothing is given
        ("deels geven", {"ground": OTHER, "why": "x"}),  # what is blacked out?
        ("geven", {"ground": OTHER}),
        ("geven", {"statement": "x"}),
        ("verbeteren", {"statement": "x"}),  # nobody asked that
        ("misschien", {}),
    ],
)
def test_a_weighing_without_what_belongs_to_it_is_refused(desk, outcome, words):
    request = desk.asked()
    key = documents_of(request)[0].key
    with pytest.raises(Refused):
        desk.weigh(request, key, outcome, **words)
    assert not Weighing.objects.exists() and not Eyes.objects.exists()


def test_secrecy_is_a_ground_in_a_dossier_about_a_sexual_category(desk):
    request = desk.asked(desk.told(category="seksueel misbruik", subcategory="grooming"))
    key = documents_of(request)[0].key
    assert desk.refuse(request, key, ground="geheimhouding").ground == "geheimhouding"


def test_the_database_keeps_that_what_is_withheld_has_a_ground(desk):
    request = desk.asked()
    facts = {
        "request": request,
        "document": "M-0000001.narrative",
        "version": 1,
        "at": timezone.now(),
    }
    for outcome, ground in (("weigeren", ""), ("geven", OTHER)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Weighing.objects.create(**facts, outcome=outcome, ground=ground, by=desk.inspector)


def test_nothing_is_weighed_before_it_is_known_who_asks(desk):
    request = desk.asked(identified=False)
    assert stage(request) == Stage.IDENTITY
    with pytest.raises(Refused):
        desk.weigh(request, documents_of(request)[0].key)


def test_a_document_that_is_not_there_is_not_weighed(desk):
    with pytest.raises(Refused):
        desk.weigh(desk.asked(), "M-9999999.narrative")


def test_a_document_that_changed_is_weighed_again(desk):
    request = desk.asked()
    desk.weigh_all(request)
    assert stage(request) == Stage.SECOND_LOOK
    dossier = state_of(request).dossiers[0]
    note = dossier.notes.get()
    edit_note(note, words="Anders.", expected=1, by=desk.inspector, opened=desk.opened)
    assert state_of(request).unweighed == {f"{dossier.reference}.note-{note.pk}"}
    with pytest.raises(Changed):  # a form that showed it as it was
        desk.weigh(request, f"{dossier.reference}.note-{note.pk}", version=1)


# Two people, one document


def test_who_weighs_after_a_colleague_sees_what_changed_and_loses_nothing(desk):
    request = desk.asked()
    third = desk.colleague()
    desk.team.add(third)
    key = documents_of(request)[0].key
    first = desk.refuse(request, key)
    with pytest.raises(Changed) as changed:
        weigh_document(request, key, outcome="geven", by=third, opened=desk.of(third), seen=0)
    assert changed.value.standing == first
    assert Weighing.objects.count() == 1
    desk.weigh(request, key, "geven", by=third)
    assert state_of(request).weighings[key].outcome == "geven"
    assert Weighing.objects.count() == 2  # the earlier one stays


def test_a_form_that_is_sent_twice_is_one_weighing(desk):
    request = desk.asked()
    key = documents_of(request)[0].key
    first = desk.refuse(request, key, seen=0)
    assert desk.refuse(request, key, seen=0) == first
    assert Weighing.objects.count() == 1


# Four eyes


def test_a_second_person_agrees_once_everything_is_weighed(desk):
    request = desk.asked()
    keys = sorted(each.key for each in documents_of(request))
    for key in keys[:-1]:
        desk.weigh(request, key)
    assert stage(request) == Stage.WEIGHING
    with pytest.raises(Refused):
        desk.agree(request)
    desk.weigh(request, keys[-1])
    desk.agree(request)
    assert stage(request) == Stage.LETTER


def test_who_weighed_does_not_look_after_it_and_who_looked_after_it_does_not_weigh(desk):
    request = desk.asked()
    desk.weigh_all(request)
    with pytest.raises(Refused):
        desk.agree(request, by=desk.inspector)
    desk.give_back(request)
    with pytest.raises(Refused):
        desk.weigh(request, documents_of(request)[0].key, by=desk.second)


def test_the_database_keeps_that_nobody_is_both(desk):
    request = desk.asked()
    desk.weigh_all(request)
    with pytest.raises(IntegrityError), transaction.atomic():
        Eyes.objects.create(
            request=request, user=desk.inspector, part=Part.LOOKS_AFTER, since=timezone.now()
        )


def test_a_weighing_that_changes_opens_the_second_look_again(desk):
    request = desk.asked()
    desk.weigh_all(request)
    desk.agree(request)
    key = documents_of(request)[0].key
    desk.refuse(request, key)
    state = state_of(request)
    assert state.stage == Stage.SECOND_LOOK
    assert state.changed == {key}
    with pytest.raises(Refused):
        desk.send(request)
    desk.agree(request)
    assert stage(request) == Stage.LETTER


def test_a_note_that_comes_later_is_weighed_and_looked_after_too(desk):
    request = desk.asked()
    desk.weigh_all(request)
    desk.agree(request)
    dossier = state_of(request).dossiers[0]
    add_note(dossier, kind="aantekening", words="Nog iets.", by=desk.second, opened=desk.opened)
    assert stage(request) == Stage.WEIGHING


def test_the_second_person_gives_it_back_with_a_reason(desk):
    request = desk.asked()
    desk.weigh_all(request)
    for verdict, reason in (("terug naar de eerste", " "), ("akkoord", "maar toch"), ("nee", "x")):
        with pytest.raises(Refused):
            desk.agree(request, verdict=verdict, reason=reason)
    desk.give_back(request, "Het gesprek met Bram hoort hier niet bij.")
    assert stage(request) == Stage.RETURNED
    with pytest.raises(Refused):  # nothing changed: once more makes no sense
        desk.agree(request)
    assert "Bram" not in str(list(Line.objects.values()))
    desk.refuse(request, documents_of(request)[0].key)
    assert stage(request) == Stage.SECOND_LOOK


def test_who_agrees_with_something_older_is_told_and_nothing_is_kept(desk):
    request = desk.asked()
    seen = desk.weigh_all(request).contents
    desk.refuse(request, documents_of(request)[0].key)
    with pytest.raises(LookedAtOlder):
        desk.agree(request, seen=seen)
    assert not request.looks.exists()


def test_a_dossier_whose_reports_went_elsewhere_is_not_agreed_on(desk):
    from vertrouwd.dossiers.actions import join
    from vertrouwd.dossiers.casework_terms import JoinReason

    one, other = desk.told(), desk.told()
    request = desk.asked(one)
    join(one, into=other, by=desk.inspector, reason=JoinReason.SAME_ACCUSED)
    desk.weigh_all(request)
    with pytest.raises(Refused):
        desk.agree(request)


def test_a_coded_answer_that_is_corrected_is_weighed_again(desk):
    from vertrouwd.dossiers.correcting import correct_report

    request = desk.asked()
    desk.weigh_all(request)
    report = state_of(request).dossiers[0].reports.get()
    correct_report(
        report, answers={"affected_age": 9}, reason="verkeerd genoteerd", seen=0, by=desk.inspector
    )
    assert f"{report.reference}.coded" in state_of(request).unweighed


def test_a_dossier_whose_reports_are_in_another_of_the_same_request_stays_and_counts_once(desk):
    from vertrouwd.dossiers.actions import join
    from vertrouwd.privacy_requests.actions import add_dossier

    one, other = desk.told(), desk.told()
    request = desk.asked(one)
    add_dossier(request, other, by=desk.inspector)
    before = {each.key for each in documents_of(request)}
    join(one, into=other, by=desk.inspector)
    keys = [each.key for each in documents_of(request)]
    assert set(keys) == before and len(keys) == len(before)
    desk.weigh_all(request)
    assert desk.agree(request).verdict == "akkoord"


def test_each_attachment_is_one_document_that_opening_it_does_not_change(desk):
    request = desk.asked()
    report = state_of(request).dossiers[0].reports.get()
    first, second = send(report, photo()), send(report, b"een tekst", name="verhaal.txt")
    before = [each for each in documents_of(request) if each.kind == "bijlage"]
    assert [(each.name, each.version) for each in before] == [
        ("attachment-0", 1), ("attachment-1", 1),
    ]  # fmt: skip
    for file in (first, second):
        cleaned_copy(file, opened=desk.opened, by=desk.inspector)
    assert [each for each in documents_of(request) if each.kind == "bijlage"] == before


def test_an_attachment_of_which_only_the_file_is_sealed_is_on_the_list(desk):
    from vertrouwd.sealing.destroying import destroy
    from vertrouwd.sealing.terms import Purpose
    from vertrouwd.sealing.texts import make_data_key

    request = desk.asked()
    report = state_of(request).dossiers[0].reports.get()
    make_data_key(report.record, Purpose.ATTACHMENT)
    assert "bijlage" in {each.kind for each in documents_of(request)}
    destroy(report.record, Purpose.ATTACHMENT, by=desk.inspector)
    assert "bijlage" not in {each.kind for each in documents_of(request)}
