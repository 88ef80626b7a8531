"""A refusal leaves a line, whatever becomes of the transaction it was made in."""

import pytest
from django.db import connection, transaction
from django.http import Http404

from vertrouwd.audit.models import Line
from vertrouwd.audit.record import record, refuse
from vertrouwd.audit.refusals import written_after


def refused() -> list[str]:
    return list(Line.objects.filter(result="refused").values_list("object", flat=True))


def look_at_what_is_not_yours(actor) -> None:
    with transaction.atomic():
        record(by=actor, action="look", kind="dossier", object="D-0000002")
        refuse(by=actor, action="look", kind="dossier", object="D-0000001", reason="not_assigned")
        raise Http404


@pytest.mark.django_db(transaction=True)
def test_the_line_of_a_refusal_stands_after_its_404_rolled_back() -> None:
    from vertrouwd.accounts.models import system_actor

    with pytest.raises(Http404), written_after():
        look_at_what_is_not_yours(system_actor())
    [line] = Line.objects.all()  # the look that was rolled back left none
    assert (line.object, line.result, line.detail) == (
        "D-0000001", "refused", {"reason": "not_assigned"},
    )  # fmt: skip


def test_it_is_written_only_once_the_transaction_has_ended(actor) -> None:
    with written_after():
        with transaction.atomic():
            refuse(by=actor, action="look", object="D-0000001")
            assert refused() == []
        assert refused() == []
    assert refused() == ["D-0000001"]


def test_outside_a_transaction_it_is_written_at_once(actor) -> None:
    with written_after():
        refuse(by=actor, action="log_in")
        assert refused() == [""]


def test_only_the_outermost_of_nested_blocks_writes(actor) -> None:
    with written_after(), transaction.atomic():
        with written_after():
            refuse(by=actor, action="look", object="D-0000001")
        assert refused() == []
    assert refused() == ["D-0000001"]


def test_what_one_request_kept_is_not_written_again_by_the_next(actor) -> None:
    for _ in range(2):
        with pytest.raises(Http404), written_after():
            look_at_what_is_not_yours(actor)
    assert refused() == ["D-0000001"] * 2
    with written_after():
        pass
    assert len(refused()) == 2


def test_without_anybody_around_it_the_line_joins_the_transaction(actor) -> None:
    with pytest.raises(Http404):
        look_at_what_is_not_yours(actor)
    assert refused() == []
    assert not connection.needs_rollback
