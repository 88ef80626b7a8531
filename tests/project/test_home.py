"""The home folder: all state in one place, closed to others."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from vertrouwd.project.home import home_folder, prepare_database, secret_key


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


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = secret_key(tmp_path)
    assert len(first) >= 64
    assert secret_key(tmp_path) == first
    assert mode(tmp_path / "secret.key") == 0o600


def test_a_key_that_a_full_disk_left_empty_is_made_again(tmp_path):
    (tmp_path / "secret.key").touch()
    assert len(secret_key(tmp_path)) >= 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_two_processes_that_start_together_get_one_key(tmp_path):
    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(lambda _: secret_key(tmp_path), range(40)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 64


def test_two_homes_have_two_keys(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert secret_key(one) != secret_key(other)


@pytest.mark.parametrize("database", ["", "postgresql:///x"])
def test_the_database_is_prepared_once_for_each_state_of_the_program(db, tmp_path, database):
    (tmp_path / "vertrouwd.sqlite3").touch()
    assert prepare_database(tmp_path, database=database) is True
    assert prepare_database(tmp_path, database=database) is False
    assert prepare_database(tmp_path, database=database + "?other") is True


def test_a_database_that_was_deleted_is_made_again(db, tmp_path):
    file = tmp_path / "vertrouwd.sqlite3"
    file.touch()
    prepare_database(tmp_path, database="")
    file.unlink()
    assert prepare_database(tmp_path, database="") is True


def start(home, *words) -> subprocess.Popen:
    environment = os.environ | {"VERTROUWD_HOME": str(home), "VERTROUWD_DATABASE": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "vertrouwd.project.settings.base"
    command = [sys.executable, "-m", "vertrouwd.project.cli", *words]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def test_commands_that_start_together_in_an_empty_home_all_find_a_closed_database(tmp_path):
    tmp_path.chmod(0o755)
    started = [start(tmp_path, "list-conflicts") for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3
    for file in tmp_path.glob("vertrouwd.sqlite3*"):
        assert mode(file) == 0o600
