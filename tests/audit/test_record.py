"""Every act leaves one line, in the transaction of the act itself."""

import pytest
from django.db import transaction

from vertrouwd.audit.models import Line
from vertrouwd.audit.record import record


def test_a_line_says_who_did_what_to_which_and_how_it_ended(actor) -> None:
    line = record(by=actor, action="join", kind="dossier", object="D-0000001", detail={"event": 1})
    stored = Line.objects.get(pk=line.pk)
    assert (stored.actor, stored.action, stored.kind, stored.object) == (
        "system", "join", "dossier", "D-0000001",
    )  # fmt: skip
    assert (stored.result, stored.origin, stored.detail) == ("done", "command", {"event": 1})
    assert stored.at.tzinfo is not None


def test_an_act_that_is_rolled_back_leaves_no_line(actor) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record(by=actor, action="join")
        raise RuntimeError
    assert not Line.objects.exists()


def test_a_line_without_details_holds_none(actor) -> None:
    record(by=actor, action="look")
    record(by=actor, action="look").detail["later"] = 1
    assert [line.detail for line in Line.objects.all()] == [{}, {}]
