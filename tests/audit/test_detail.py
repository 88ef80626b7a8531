"""Beside a line stand counts, codes and references; a name or a sentence is refused."""

import pytest

from vertrouwd.audit.detail import NotForTheLog, checked
from vertrouwd.audit.models import Line
from vertrouwd.audit.record import LIST, PUBLIC, look, record, refuse


@pytest.mark.parametrize(
    "value",
    [3, -1, True, None, "wrong_phrase", "not-assigned", "docs/decisions/published-detail.md",
     "D-0000012", "M-2026-7K3Q", "VV-7K3Q-9XPA", "0" * 64, "ab" * 16, "2026", "2022-2023",
     "2026-11", "2026-11-25", "2026-11-25T12:00:00Z", ["on_duty", 3], {"added": 3, "closed": 0}],
)  # fmt: skip
def test_a_count_a_code_a_reference_a_digest_and_a_day_may_stand_there(value) -> None:
    assert checked({"what": value}) == {"what": value}


@pytest.mark.parametrize(
    "value",
    ["Jan de Vries", "Fatima", "jan@example.org", "0612345678", "de leraar sloeg", "", " ",
     "10.0.0.1", "x" * 200, "école", "a\nb", 1.5, 2**60, b"bytes", object(),
     ["Jan"], {"name": "Jan de Vries"}, {"Jan de Vries": 1}, {"a": {"b": 1}}, list(range(100))],
)  # fmt: skip
def test_a_name_a_number_to_call_an_address_and_a_sentence_may_not(value) -> None:
    with pytest.raises(NotForTheLog) as refused:
        checked({"what": value})
    assert "Jan" not in str(refused.value)


@pytest.mark.parametrize(
    "line",
    [{"action": "Look at it"}, {"action": ""}, {"action": "look", "kind": "Dossier of Jan"},
     {"action": "look", "origin": "10.0.0.1"}, {"action": "look", "object": "jan@example.org"},
     {"action": "look", "object": "two\nlines"}, {"action": "look", "result": "?"},
     {"action": "look", "object": "Jan de Vries"},
     {"action": "look", "detail": {"words": "Jan de Vries"}}],
)  # fmt: skip
def test_a_line_that_could_hold_free_text_is_not_written(actor, line) -> None:
    with pytest.raises(NotForTheLog):
        record(by=actor, **line)
    with pytest.raises(NotForTheLog):
        refuse(by=actor, **{k: v for k, v in line.items() if k != "result"}, reason="Jan zei het")
    assert not Line.objects.exists()


def test_a_list_is_one_look_with_its_kind_and_count(actor) -> None:
    look(by=actor, kind="dossier", action=LIST, count=12)
    [line] = Line.objects.all()
    assert (line.action, line.kind, line.object, line.detail) == (
        "list", "dossier", "", {"count": 12},
    )  # fmt: skip


def test_whoever_uses_the_public_pages_is_nobody_in_the_log(db, settings) -> None:
    settings.VERTROUWD_PROCESS = "public"
    assert record(by=None, action="look").actor == "public"
    assert record(by=PUBLIC, action="look").origin == "public"
    settings.VERTROUWD_PROCESS = "casework"
    assert record(by=None, action="log_in").actor == "anonymous"
