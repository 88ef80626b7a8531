"""A sealed file is there whole or not at all, for its owner only, until it is destroyed."""

import os
import subprocess
import sys

import pytest

from vertrouwd.sealing.binding import Place, new_record
from vertrouwd.sealing.files import SealedFiles
from vertrouwd.sealing.unreadable import Unreadable

KEY = bytes(range(32))
LONG_AGO, NOW = 0.0, 2e10


@pytest.fixture
def files(tmp_path):
    return SealedFiles(tmp_path / "attachments")


def stored(files: SealedFiles, content: bytes) -> Place:
    place = Place(new_record(), "file")
    with files.sealing(KEY, place=place) as writer:
        writer.write(content)
    return place


def test_what_was_stored_is_read_back(files):
    place = stored(files, b"photo" * 50_000)
    assert b"".join(files.read(KEY, place=place)) == b"photo" * 50_000
    assert files.verify(KEY, place=place) == 250_000
    assert files.records() == {place.record}


def test_the_file_is_for_its_owner_only_and_its_name_says_nothing(files):
    place = stored(files, b"photo")
    path = files.folder / place.record
    assert path.stat().st_mode & 0o777 == 0o600
    assert files.folder.stat().st_mode & 0o777 == 0o700
    assert b"photo" not in path.read_bytes()


def test_nothing_appears_before_the_end_and_nothing_stays_of_what_was_given_up(files):
    place = Place(new_record(), "file")
    with pytest.raises(RuntimeError), files.sealing(KEY, place=place) as writer:
        writer.write(b"photo" * 50_000)
        assert files.records() == set()
        raise RuntimeError
    assert list(files.folder.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(files, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        stored(files, b"photo")
    assert list(files.folder.iterdir()) == []


FULL_IN_THE_MIDDLE = """
import resource, sys
from pathlib import Path
from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.files import SealedFiles
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
files, place = SealedFiles(Path(sys.argv[1])), Place("0" * 32, "file")
try:
    with files.sealing(bytes(32), place=place) as writer:
        writer.write(bytes(100_000))
except OSError:
    print("noticed", *files.folder.iterdir())
"""


@pytest.mark.parametrize("room", [20, 50_000, 65_589, 100_000])
def test_a_disk_that_is_full_in_the_middle_of_a_chunk_is_noticed(files, room):
    """The system then writes a part and says so only by the number it gives back."""
    result = subprocess.run(
        [sys.executable, "-c", FULL_IN_THE_MIDDLE, str(files.folder), str(room)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert result.stdout == "noticed\n"


def test_a_sealed_file_is_never_overwritten(files):
    place = stored(files, b"first")
    with pytest.raises(FileExistsError), files.sealing(KEY, place=place) as writer:
        writer.write(b"second")
    assert b"".join(files.read(KEY, place=place)) == b"first"


def test_a_file_put_in_the_place_of_another_does_not_open(files):
    one, other = stored(files, b"one"), stored(files, b"other")
    (files.folder / one.record).replace(files.folder / other.record)
    with pytest.raises(Unreadable):
        list(files.read(KEY, place=other))


def test_a_destroyed_file_is_gone_and_destroying_it_again_is_no_error(files):
    place = stored(files, b"photo")
    files.destroy(place.record)
    files.destroy(place.record)
    assert files.records() == set()
    with pytest.raises(Unreadable):
        list(files.read(KEY, place=place))


def test_files_that_no_record_knows_and_unfinished_ones_are_listed_once_they_are_old(files):
    known, stray = stored(files, b"known"), stored(files, b"stray")
    unfinished = files.folder / f".{known.record}.0a0b.part"
    unfinished.write_bytes(b"")
    found = files.orphans({known.record}, before=NOW)
    assert found == sorted([unfinished, files.folder / stray.record])
    assert files.orphans({known.record}, before=LONG_AGO) == []


def test_an_empty_store_has_no_files_and_no_folder(files):
    assert files.records() == set()
    assert files.orphans(set(), before=NOW) == []
    files.destroy(new_record())
    assert not files.folder.exists()


@pytest.mark.parametrize("name", ["../secret", "", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_a_name_that_is_no_record_never_reaches_the_disk(files, name):
    with pytest.raises(ValueError, match="32 hex digits"):
        files.destroy(name)
    with (
        pytest.raises(ValueError, match="32 hex digits"),
        files.sealing(KEY, place=Place(name, "f")),
    ):
        pass
