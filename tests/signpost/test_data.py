"""The content of the signpost: complete in both languages, dated, sourced, and easy to read."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.advice.plain_words import assert_complete, assert_plain
from vertrouwd.advice.wording import Text
from vertrouwd.signpost.phrases import phrases
from vertrouwd.signpost.questions import questions
from vertrouwd.signpost.steps import all_bodies, steps

pytestmark = pytest.mark.one_engine


def texts() -> Iterator[Text]:
    yield from phrases().values()
    for question in questions():
        parts = [question, *question.options]
        yield question.short
        for part in parts:
            yield from [part.text, *([part.hint] if part.hint else [])]
    for step in steps().values():
        for variants in (step.title, step.why, step.sees, step.how):
            yield from (variant.text for variant in variants)


def test_every_text_is_there_in_dutch_and_english_and_a_childs_wording_in_both():
    assert_complete(texts())


def test_every_step_and_body_is_sourced_and_dated_and_none_was_checked_in_the_future():
    for row in [*steps().values(), *all_bodies().values()]:
        assert row.source
        assert row.checked_on <= date.today()


def test_the_last_of_the_variants_always_fits():
    for step in steps().values():
        for variants in (step.title, step.why, step.sees, step.how):
            assert not variants or not variants[-1].when.asks, step.code


def test_conditions_name_only_what_can_be_told():
    subjects = {str(q.subject) for q in questions()} | {
        "verder", "eilanden", "plicht", "plicht van wie er werkt", "kort geleden",
        "personeel onderling",
    }  # fmt: skip
    values = {q.subject: {o.value for o in q.options} for q in questions()}
    for when in [
        *(q.when for q in questions()), *(o.when for q in questions() for o in q.options),
        *(o.when for s in steps().values() for o in s.offered),
    ]:  # fmt: skip
        for subject, asked in when.asks:
            assert subject in subjects
            assert asked <= values.get(subject, asked), (subject, asked)


def test_dutch_reads_as_B1_and_the_words_for_a_child_easier_still():
    assert_plain(texts(), usual=80, longest_for_a_child=12)


def test_a_child_is_never_addressed_formally():
    for text in texts():
        if text.kind:
            assert not {"u", "uw"} & set(text.kind.lower().replace(".", "").split())
