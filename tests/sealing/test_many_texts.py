"""The texts of many records, opened at once: the same as one by one, with as many questions."""

import pytest
from django.utils import timezone

from tests.factories import make_report
from tests.teams import make_opened_team
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

ALL = (Purpose.THREAD, Purpose.IDENTITY)


@pytest.fixture
def opened(db, home):
    return make_opened_team()


def tell(actor, opened=None, **texts: str) -> str:
    record = make_report().record
    seal_texts(record, Purpose.THREAD, texts, by=actor, opened=opened)
    return record


def test_each_record_has_its_own_texts_and_the_last_revision_of_each(actor, opened) -> None:
    one, two, silent = tell(actor, narrative="een"), tell(actor, narrative="twee"), "f" * 32
    seal_texts(one, Purpose.THREAD, {"narrative": "een, later"}, by=actor, opened=opened)
    seal_texts(one, Purpose.IDENTITY, {"accused_name": "K. Zegel"}, by=actor)
    found = open_many([one, two, silent], purposes=ALL, opener=opened)
    assert found[one].words("narrative") == "een, later"
    assert found[one].words("accused_name") == "K. Zegel"
    assert found[two].words("narrative") == "twee"
    assert (found[silent].texts, found[silent].unreadable) == ([], False)
    thread_only = open_many([one], purposes=[Purpose.THREAD], opener=opened)
    assert thread_only[one].words("accused_name") is None


def test_what_was_destroyed_is_said_and_hides_nothing_else(actor, opened) -> None:
    one, two = tell(actor, narrative="een"), tell(actor, narrative="twee")
    seal_texts(one, Purpose.IDENTITY, {"accused_name": "K. Zegel"}, by=actor)
    DataKey.objects.filter(record=one, purpose=Purpose.THREAD).update(
        wrapped=None, destroyed_at=timezone.now()
    )
    found = open_many([one, two], purposes=ALL, opener=opened)
    assert found[one].unreadable
    assert [text.words for text in found[one].texts] == ["K. Zegel"]
    assert not found[two].unreadable


def test_a_row_that_was_spoilt_is_unreadable_and_the_others_are_not(actor, opened) -> None:
    one = tell(actor, narrative="een", other="ander")
    from vertrouwd.sealing.models import SealedText

    SealedText.objects.filter(field="other").update(ciphertext=b"x" * 400)
    found = open_many([one], purposes=ALL, opener=opened)
    assert (found[one].words("narrative"), found[one].unreadable) == ("een", True)


def test_more_records_ask_no_more_of_the_database(actor, opened, django_assert_num_queries) -> None:
    records = [tell(actor, narrative=f"{number}") for number in range(12)]
    open_many(records[:1], purposes=ALL, opener=opened)  # the secret of the team is known now
    for some in (records[:1], records):
        with django_assert_num_queries(1):
            open_many(some, purposes=ALL, opener=opened)
