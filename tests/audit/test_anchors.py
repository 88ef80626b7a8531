"""The head is written down outside the database, and signed with a key that is not here."""

import json
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.audit.owner import as_owner, chained, rewrite_chain
from vertrouwd.audit import anchor
from vertrouwd.audit.anchor import NotAnchored
from vertrouwd.audit.signed_anchor import is_right, pinned_keys
from vertrouwd.audit.verifying import verify


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def key(home, stick):
    call_command("make_anchor_key", "--to", str(stick / "anchor.key"))
    return stick / "anchor.key"


def test_a_head_is_written_once_and_never_again(home, db) -> None:
    assert anchor.keep(anchor.head()) is None  # nothing to keep yet
    chained(3)
    head = anchor.head()
    path = anchor.keep(head)
    assert path == home / "anchors" / "head-3.json"
    assert json.loads(path.read_bytes()) == {
        "form": 1, "number": 3, "count": 3, "digest": head.digest, "at": head.at,
    }  # fmt: skip
    assert anchor.keep(head) is None


def test_a_folder_elsewhere_is_used_and_never_made(home, db, stick, monkeypatch) -> None:
    chained(1)
    monkeypatch.setenv("VERTROUWD_ANCHORS", str(stick))
    assert anchor.keep(anchor.head()) == stick / "head-1.json"
    monkeypatch.setenv("VERTROUWD_ANCHORS", str(stick / "not mounted"))
    with pytest.raises(NotAnchored, match="which is no folder"):
        anchor.keep(anchor.head())
    assert "which is no folder" in verify().remarks[0]


def test_a_program_gets_each_head_once_and_its_answer_is_kept(
    home, db, tmp_path, monkeypatch
) -> None:
    program = tmp_path / "stamp.py"
    program.write_text("import sys; print('stamped', len(sys.stdin.read()))")
    monkeypatch.setenv("VERTROUWD_ANCHOR_COMMAND", f"'{sys.executable}' '{program}'")
    chained(2)
    anchor.keep(anchor.head())
    answer = (home / "anchors" / "head-2.answer").read_text()
    assert answer == f"stamped {len(anchor.head().as_json())}\n"
    assert verify().anchors == 1


def test_a_program_that_fails_leaves_no_anchor_and_is_tried_again(home, db, monkeypatch) -> None:
    chained(1)
    for program in ("false", "/no/such/program"):
        monkeypatch.setenv("VERTROUWD_ANCHOR_COMMAND", program)
        with pytest.raises(NotAnchored, match="VERTROUWD_ANCHOR_COMMAND"):
            anchor.keep(anchor.head())
    monkeypatch.setenv("VERTROUWD_ANCHOR_COMMAND", "true")
    assert anchor.keep(anchor.head())


def test_a_signed_anchor_is_kept_here_and_on_the_stick(home, db, key, stick) -> None:
    chained(4)
    call_command("sign_anchor", "--key", str(key), "--to", str(stick))
    [here] = (home / "anchors").iterdir()
    assert (stick / here.name).read_bytes() == here.read_bytes()
    [kept] = anchor.anchors(stick)
    assert is_right(kept, pinned_keys())
    assert not is_right(kept, [])
    found = verify(places=[stick])
    assert (found.broken, found.anchors, found.signed_anchors) == (None, 1, 1)


def test_a_signed_anchor_that_was_altered_is_noticed(home, db, key, stick) -> None:
    chained(4)
    call_command("sign_anchor", "--key", str(key), "--to", str(stick))
    [path] = stick.glob("head-*.json")
    (home / "anchors" / path.name).unlink()
    path.rename(stick / "head-9.signed.json")
    told = json.loads((stick / "head-9.signed.json").read_bytes())
    (stick / "head-9.signed.json").chmod(0o600)
    (stick / "head-9.signed.json").write_text(json.dumps(told | {"number": 9}))
    with pytest.raises(CommandError, match="is not signed with the key known here"):
        call_command("verify_audit", "--anchors", str(stick))


@pytest.mark.django_db(transaction=True)
def test_whoever_rewrites_the_log_and_removes_its_anchors_is_found_out_by_the_stick(
    home, key, stick
) -> None:
    chained(4)
    call_command("sign_anchor", "--key", str(key), "--to", str(stick))
    chained(1)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_line SET actor = 'another'")
    rewrite_chain()
    for path in (home / "anchors").iterdir():
        path.unlink()
    assert verify().broken is None
    with pytest.raises(CommandError, match=r"at number 4, rewritten: head-4\.signed\.json says"):
        call_command("verify_audit", "--anchors", str(stick))


def test_the_key_is_never_in_the_home_folder(home, key) -> None:
    with pytest.raises(CommandError, match="lies in the home folder"):
        call_command("make_anchor_key", "--to", str(home / "anchor.key"))
    (home / "copied.key").write_text(key.read_text())
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_what_is_no_key_or_an_unknown_one_does_not_sign(home, key, stick, monkeypatch) -> None:
    chained(1)
    (home / "copied.key").write_text(key.read_text())
    (stick / "text").write_text("no key")
    call_command("make_anchor_key", "--to", str(stick / "second.key"))
    monkeypatch.setenv("VERTROUWD_ANCHOR_KEY", pinned_keys()[0].hex())  # counts instead of the file
    for name, reason in (
        (home / "copied.key", "lies in the home folder"),
        (stick / "text", "is no key file"),
        (stick / "absent", "cannot be read"),
        (stick / "second.key", "is not the one that is known here"),
    ):
        with pytest.raises(CommandError, match=reason) as refused:
            call_command("sign_anchor", "--key", str(name))
        assert key.read_text().strip() not in str(refused.value)


@pytest.mark.django_db
def test_a_broken_log_is_not_signed(home, key) -> None:
    chained(1)
    anchor.folder()
    (home / "anchors" / "head-7.json").write_bytes(
        anchor.Head(7, "0" * 64, "2026-11-25T12:00:00Z").as_json()
    )
    with pytest.raises(CommandError, match=r"Not signed\. The log is broken at number 7"):
        call_command("sign_anchor", "--key", str(key))


def test_a_key_file_is_never_written_over(home, key) -> None:
    before = key.read_text()
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_anchor_key", "--to", str(key))
    assert key.read_text() == before
