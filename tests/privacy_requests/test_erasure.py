"""Somebody asks to be erased (AVG 17): each document is weighed, nothing is erased of itself."""

from datetime import date

import pytest

from tests.privacy_requests.privacy_desk import STORY, today
from vertrouwd.dossiers.models import Task
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import open_words
from vertrouwd.dossiers.tasks import words_of
from vertrouwd.privacy_requests.clock import last_day
from vertrouwd.privacy_requests.letters import Decided, LetterFacts, compose, may_be_neutral
from vertrouwd.privacy_requests.reading import state_of
from vertrouwd.privacy_requests.terms import DocumentKind, Outcome, RequestKind, Stage
from vertrouwd.sealing.terms import Purpose

KEEP = {"ground": "archiefplicht", "why": "De selectielijst zegt bewaren."}
NOTE = Decided(DocumentKind.NOTE, date(2026, 3, 2), Outcome.ERASE, "niet-meer-nodig")
KEPT = Decided(DocumentKind.STORY, date(2026, 3, 1), Outcome.REFUSE, "archiefplicht")


@pytest.fixture
def request_(desk):
    return desk.asked(kind="wissing")


def letter(*decided: Decided, is_neutral: bool = False) -> str:
    return compose(
        LetterFacts(
            reference="AV-0000001", kind=RequestKind.ERASURE, received_on=date(2026, 11, 2),
            made_on=date(2026, 11, 27), decided=decided, is_neutral=is_neutral,
        )
    )  # fmt: skip


def test_each_document_is_weighed_and_keeping_it_has_a_ground_of_its_own(desk, request_):
    keys = state_of(request_).unweighed
    assert len(keys) == 5
    key = min(keys)
    with pytest.raises(Refused, match="grond"):
        desk.weigh(request_, key, "wissen")
    with pytest.raises(Refused, match="grond"):
        desk.weigh(request_, key, "weigeren", ground="geheimhouding", why="Geheim.")
    with pytest.raises(Refused, match="waarom"):
        desk.weigh(request_, key, "weigeren", ground="archiefplicht")
    with pytest.raises(Refused, match="besluit"):
        desk.weigh(request_, key, "geven")
    desk.weigh_all(request_, "weigeren", **KEEP)
    assert state_of(request_).stage is Stage.SECOND_LOOK


def test_nothing_is_erased_of_itself_and_a_task_for_two_people_says_what_is_to_be(desk, request_):
    state = state_of(request_)
    story = next(each for each in state.documents if each.name == "narrative")
    desk.weigh(request_, story.key, "wissen", ground="onrechtmatig-verwerkt")
    desk.weigh_all(request_, "weigeren", **KEEP)
    desk.agree(request_)
    desk.send(request_)
    assert open_words(story.record, Purpose.THREAD, "narrative", opened=desk.opened) == STORY
    task = Task.objects.get(dossier=story.dossier)
    assert task.due_on == last_day(today())
    words = words_of(task, opened=desk.opened)
    assert request_.reference in words and story.reference in words
    assert words.count("\n- ") == 1 and "verslag van de melding" in words


def test_a_dossier_of_which_all_is_kept_gets_no_task(desk, request_):
    desk.weigh_all(request_, "weigeren", **KEEP)
    desk.agree(request_)
    desk.send(request_)
    assert not Task.objects.exists()


def test_a_long_list_to_erase_still_makes_a_task(desk):
    request = desk.asked(desk.told(), kind="wissing")
    dossier = state_of(request).dossiers[0]
    from vertrouwd.dossiers.notes import add_note

    for number in range(60):
        words = f"Aantekening {number}"
        add_note(dossier, kind="aantekening", words=words, by=desk.inspector, opened=desk.opened)
    desk.weigh_all(request, "wissen", ground="niet-meer-nodig")
    desk.agree(request)
    desk.send(request)
    assert "Aantal stukken: 65." in words_of(Task.objects.get(), opened=desk.opened)


def test_the_letter_says_what_is_erased_and_why_the_rest_is_not():
    text = letter(NOTE, KEPT)
    assert "- een aantekening van 2 maart 2026" in text
    assert "niet meer nodig" in text and "uiterlijk op [datum]" in text
    assert "Een deel van de gegevens wissen wij niet." in text and "Archiefwet" in text
    assert "wat er is verteld" not in text and "vertellen wij hun dit ook" in text
    assert "Een deel" not in letter(NOTE)


def test_a_refusal_to_erase_can_leave_open_whether_there_is_anything():
    assert "Wij wissen de gegevens niet." in letter(KEPT)
    neutral = letter(KEPT, is_neutral=True)
    assert "Als er gegevens zijn, dan wissen wij die niet." in neutral
    assert "Wij wissen de gegevens niet." not in neutral
    assert may_be_neutral([KEPT]) and not may_be_neutral([KEPT, NOTE])


@pytest.mark.parametrize(
    ("kind", "can"),
    [("inzage", "geven"), ("rectificatie", "verbeteren"), ("wissing", "wissen"),
     ("beperking", "beperken")],
)  # fmt: skip
def test_a_letter_about_nothing_says_what_was_asked(kind, can):
    text = compose(
        LetterFacts(
            reference="AV-0000001", kind=RequestKind(kind), received_on=date(2026, 11, 2),
            made_on=date(2026, 11, 27),
        )
    )  # fmt: skip
    assert f"geen gegevens over u die wij kunnen {can}." in text
