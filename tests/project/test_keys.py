"""Each process has keys of its own, made once, and only its owner reads them."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from vertrouwd.project.keys import CASEWORK, PUBLIC, form_key, proof_key, secret_key


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = secret_key(tmp_path, CASEWORK)
    assert len(first) >= 64
    assert secret_key(tmp_path, CASEWORK) == first
    assert mode(tmp_path / "keys" / "casework") == 0o700
    assert mode(tmp_path / "keys" / "casework" / "secret.key") == 0o600


def test_the_two_processes_and_two_homes_have_different_keys(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    made = [secret_key(home, process) for home in (one, other) for process in (PUBLIC, CASEWORK)]
    assert len(set(made)) == 4


def test_the_keys_for_forms_and_proofs_are_32_bytes_and_not_the_same(tmp_path):
    keys = {form_key(tmp_path), proof_key(tmp_path)}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 2
    assert form_key(tmp_path) in keys
    assert sorted(p.name for p in (tmp_path / "keys" / "public").iterdir()) == [
        "form.key",
        "proof.key",
    ]


def test_a_key_that_a_full_disk_left_empty_is_made_again(tmp_path):
    path = tmp_path / "keys" / "casework" / "secret.key"
    path.parent.mkdir(parents=True)
    path.touch()
    assert len(secret_key(tmp_path, CASEWORK)) >= 64
    assert [path.name for path in path.parent.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("left_by_a_full_disk", [False, True])
def test_processes_that_start_together_get_one_key(tmp_path, left_by_a_full_disk):
    for home in (tmp_path / str(n) for n in range(25)):
        (home / "keys" / "public").mkdir(parents=True)
        if left_by_a_full_disk:
            (home / "keys" / "public" / "secret.key").touch()
        with ThreadPoolExecutor(8) as many:
            keys = set(many.map(secret_key, [home] * 40, [PUBLIC] * 40))
        assert len(keys) == 1
        assert len(keys.pop()) >= 64


def test_the_one_key_of_an_older_installation_stays_the_key_of_the_public_process(tmp_path):
    (tmp_path / "secret.key").write_text("old " * 20)
    assert secret_key(tmp_path, CASEWORK) != "old " * 20
    assert secret_key(tmp_path, PUBLIC) == "old " * 20
    assert not (tmp_path / "secret.key").exists()
