"""Whatever an owner of the database does to the log, verifying names the first place of it."""

import json

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from tests.audit.owner import Somebody, as_owner, chained, rewrite_chain, tamper
from vertrouwd.audit import anchor
from vertrouwd.audit.models import Line, Link
from vertrouwd.audit.record import record, restored
from vertrouwd.audit.sealer import chain_pending
from vertrouwd.audit.verifying import verify

commits = pytest.mark.django_db(transaction=True)


def line_at(number: int) -> int:
    return Link.objects.get(number=number).line_id


def test_a_whole_chain_is_whole(home, db) -> None:
    chained(20)
    record(by=Somebody(), action="look")
    found = verify()
    assert (found.broken, found.lines, found.waiting) == (None, 20, 1)
    assert found.digest == Link.objects.get(number=20).digest


def test_an_empty_log_is_whole(home, db) -> None:
    assert verify().broken is None


@commits
def test_a_line_that_was_changed_is_named(home) -> None:
    chained(10)
    line = line_at(4)
    found = tamper(f"UPDATE audit_line SET actor = 'another' WHERE id = {line}")
    assert found.broken
    assert (found.broken.number, found.broken.line, found.broken.what) == (4, line, "changed")
    assert found.lines == 3


@commits
@pytest.mark.parametrize(
    "change",
    ["at = '2020-01-01 00:00:00+00:00'", "action = 'x'", "kind = 'x'", "object = 'x'",
     "result = 'x'", "origin = 'x'", """detail = '{"count": 1}'"""],
)  # fmt: skip
def test_no_field_of_a_line_can_change_unseen(home, change: str) -> None:
    chained(2)
    found = tamper(f"UPDATE audit_line SET {change} WHERE id = {line_at(2)}")
    assert found.broken
    assert (found.broken.number, found.broken.what) == (2, "changed")


@commits
def test_a_line_that_was_removed_is_named(home) -> None:
    chained(10)
    line = line_at(5)
    found = tamper(f"DELETE FROM audit_line WHERE id = {line}")
    assert found.broken
    assert (found.broken.number, found.broken.line, found.broken.what) == (5, line, "missing")


@commits
def test_a_line_that_was_removed_with_its_link_is_missed(home) -> None:
    chained(10)
    line = line_at(5)
    found = tamper(
        f"DELETE FROM audit_link WHERE line_id = {line}",
        f"DELETE FROM audit_line WHERE id = {line}",
    )
    assert found.broken
    assert (found.broken.number, found.broken.what) == (5, "missing")


@commits
def test_a_line_that_was_put_in_is_named(home) -> None:
    chained(10)
    copied = "at, actor, action, kind, object, result, origin, detail"
    found = tamper(
        f"INSERT INTO audit_line (id, {copied}) "
        f"SELECT 9999, {copied} FROM audit_line WHERE id = {line_at(1)}",
        "DELETE FROM audit_waiting",
        "UPDATE audit_link SET number = number + 1000 WHERE number > 5",
        "INSERT INTO audit_link (number, line_id, version, digest) "
        "SELECT 6, 9999, 1, digest FROM audit_link WHERE number = 5",
        "UPDATE audit_link SET number = number - 999 WHERE number > 1000",
    )
    assert found.broken
    assert (found.broken.number, found.broken.line) == (6, 9999)


@commits
def test_a_line_that_waits_for_nothing_was_put_in(home) -> None:
    chained(3)
    line = Line.objects.create(at="2026-11-25T12:00:00Z", actor="a", action="look").pk
    found = tamper("DELETE FROM audit_waiting")
    assert found.broken
    assert (found.broken.line, found.broken.what) == (line, "inserted")


@commits
def test_a_line_that_was_removed_while_it_waited_is_missed(home) -> None:
    chained(3)
    line = Line.objects.create(at="2026-11-25T12:00:00Z", actor="a", action="look").pk
    found = tamper(f"DELETE FROM audit_line WHERE id = {line}")
    assert found.broken
    assert (found.broken.line, found.broken.what) == (line, "missing")


@commits
def test_two_lines_that_changed_places_are_named(home) -> None:
    chained(10)
    one, other = line_at(3), line_at(7)
    found = tamper(
        f"UPDATE audit_link SET line_id = 99999 WHERE line_id = {one}",
        f"UPDATE audit_link SET line_id = {one} WHERE line_id = {other}",
        f"UPDATE audit_link SET line_id = {other} WHERE line_id = 99999",
    )
    assert found.broken
    assert (found.broken.number, found.broken.what) == (3, "out of order")
    assert f"Line {one} was sealed here" in found.broken.why


@commits
def test_a_digest_that_was_changed_is_told_from_a_line_that_was(home) -> None:
    chained(5)
    found = tamper(f"UPDATE audit_link SET digest = '{'0' * 64}' WHERE number = 2")
    assert found.broken
    assert found.broken.number == 2
    assert "The digest of the link was changed" in found.broken.why


@commits
def test_a_tail_that_was_cut_off_is_missed_by_the_anchor(home) -> None:
    chained(10)
    anchor.keep(anchor.head())
    cut = ("DELETE FROM audit_link WHERE number > 6", "DELETE FROM audit_line WHERE id NOT IN "
           "(SELECT line_id FROM audit_link)")  # fmt: skip
    found = tamper(*cut)
    assert found.broken
    assert (found.broken.number, found.broken.what) == (10, "missing")
    assert "head-10.json knows this number, but the chain ends at 6" in found.broken.why


@commits
def test_a_chain_that_was_rewritten_is_seen_by_an_older_anchor(home) -> None:
    chained(5)
    anchor.keep(anchor.head())
    chained(5)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_line SET object = 'D-0000099' WHERE id = %s", [line_at(2)])
    rewrite_chain()
    found = verify()
    assert found.broken
    assert (found.broken.number, found.broken.what) == (5, "rewritten")
    for path in (home / "anchors").iterdir():
        path.unlink()
    assert verify().broken is None  # without a witness nobody can tell: hence the anchors


def test_the_command_says_in_one_line_what_is_broken(home, db, capsys) -> None:
    chained(3)
    call_command("verify_audit")
    assert "The chain is whole from number 1 to 3" in capsys.readouterr().out
    (home / "anchors" / "head-9.json").write_text('{"at":"x","digest":"zz","form":1,"number":9}')
    with pytest.raises(CommandError, match=r"head-9\.json is not an anchor") as refused:
        call_command("verify_audit", "--json")
    assert refused.value.returncode == 1
    assert json.loads(capsys.readouterr().out)["broken"]["what"] == "changed"


def test_a_clock_that_runs_back_is_a_remark_and_no_break(home, db) -> None:
    for moment in ("2026-11-25T12:00:00Z", "2026-11-25T11:00:00Z", "2026-11-25T11:00:01Z"):
        with time_machine.travel(moment, tick=False):
            record(by=Somebody(), action="look")
    chain_pending()
    found = verify()
    assert found.broken is None
    assert found.remarks == [f"The clock ran back 3600 seconds at number 2 (line {line_at(2)})."]


def test_an_act_that_took_a_while_is_no_clock_that_runs_back(home, db) -> None:
    for moment in ("2026-11-25T12:00:30Z", "2026-11-25T12:00:00Z"):
        with time_machine.travel(moment, tick=False):
            record(by=Somebody(), action="look")
    chain_pending()
    assert verify().remarks == []


@commits
def test_a_backup_that_was_put_back_explains_the_anchors_of_what_was_given_up(home) -> None:
    chained(10)
    given_up = anchor.head()
    anchor.keep(given_up)
    cut = ("DELETE FROM audit_link WHERE number > 6", "DELETE FROM audit_line WHERE id NOT IN "
           "(SELECT line_id FROM audit_link)")  # fmt: skip
    assert tamper(*cut).broken
    restored(by=Somebody(), number=given_up.number, digest=given_up.digest)
    chain_pending()
    found = verify()
    assert found.broken is None
    assert found.remarks == ["A backup was put back at number 7; the head 10 was given up."]


def test_a_log_is_walked_a_page_at_a_time(home, db, monkeypatch) -> None:
    monkeypatch.setattr("vertrouwd.audit.stored.PAGE", 7)
    chained(50)
    assert verify().lines == 50
