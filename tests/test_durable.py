"""A file is there whole or not at all."""

import pytest

from vertrouwd.durable import write_whole


def test_a_file_appears_in_a_folder_that_was_not_there(tmp_path):
    path = write_whole(tmp_path / "published" / "2022-2023.csv", b"whole")
    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_the_file_of_before_and_nothing_beside_it(tmp_path, monkeypatch):
    path = write_whole(tmp_path / "letter.txt", b"before", mode=0o644)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o644
