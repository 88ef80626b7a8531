"""The home folder: all state in one place, closed to others."""

import os
import sqlite3
import stat
import subprocess
import sys

import pytest

from vertrouwd.project import migration
from vertrouwd.project.home import home_folder, prepare_database


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_is_made_on_first_use_and_closed_to_other_accounts(tmp_path, monkeypatch):
    monkeypatch.setenv("VERTROUWD_HOME", str(tmp_path / "deep" / "home"))
    home = home_folder()
    assert home == tmp_path / "deep" / "home"
    assert mode(home) == 0o700


def test_without_a_setting_the_home_is_var_in_this_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("VERTROUWD_HOME")
    monkeypatch.chdir(tmp_path)
    assert home_folder() == tmp_path / "var"


def tables(home) -> set[str]:
    with sqlite3.connect(home / "vertrouwd.sqlite3") as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def test_the_database_is_prepared_once_for_the_apps_of_every_process(tmp_path):
    assert prepare_database(tmp_path, database="") is True
    assert {"audit_line", "accounts_opensession"} <= tables(tmp_path)
    assert prepare_database(tmp_path, database="") is False


def test_a_database_that_was_deleted_is_made_again(tmp_path):
    prepare_database(tmp_path, database="")
    (tmp_path / "vertrouwd.sqlite3").unlink()
    assert prepare_database(tmp_path, database="") is True
    assert "audit_line" in tables(tmp_path)


def test_another_version_of_an_app_made_by_others_is_migrated_too(tmp_path, monkeypatch):
    before = migration.fingerprint("")
    installed = migration._versions()
    assert any(name.startswith("django_axes-") for name in installed)
    monkeypatch.setattr(migration, "_versions", lambda: [*installed, "django_other-1.dist-info"])
    assert migration.fingerprint("") != before


def test_another_database_is_another_state():
    assert migration.fingerprint("postgresql:///x") != migration.fingerprint("")


def test_a_database_that_cannot_be_reached_is_one_line_and_leaves_no_stamp(tmp_path):
    with pytest.raises(migration.NotMigrated) as said:
        prepare_database(tmp_path, database="postgresql://me:a-secret@127.0.0.1:1/x")
    assert "refused" in str(said.value)
    assert "\n" not in str(said.value)
    assert "a-secret" not in str(said.value)
    assert not (tmp_path / "migrated.stamp").exists()


def start(home, *words) -> subprocess.Popen:
    environment = os.environ | {"VERTROUWD_HOME": str(home), "VERTROUWD_DATABASE": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "vertrouwd.project.settings.base"
    command = [sys.executable, "-m", "vertrouwd.project.cli", *words]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def test_commands_that_start_together_in_an_empty_home_all_find_a_closed_database(tmp_path):
    tmp_path.chmod(0o755)
    started = [start(tmp_path, "list-disagreements") for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3
    for file in tmp_path.glob("vertrouwd.sqlite3*"):
        assert mode(file) == 0o600
