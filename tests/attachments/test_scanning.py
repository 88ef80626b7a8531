"""clamd is asked over a socket, and believed when it says what it says."""

import pytest

from tests.attachments.made_files import EICAR, photo
from tests.attachments.scanner import LARGEST, Scanner
from vertrouwd.attachments.scanning import scan
from vertrouwd.attachments.terms import Scan
from vertrouwd.sealing.unreadable import Unreadable


def pieces(content: bytes):
    for start in range(0, len(content), 65536):
        yield content[start : start + 65536]


@pytest.mark.parametrize("by_port", [False, True], ids=["socket", "port"])
def test_harmful_software_is_found_and_a_photo_is_not(by_port, tmp_path):
    with Scanner(None if by_port else tmp_path) as scanner:
        assert scan(pieces(EICAR), address=scanner.address) == Scan.FOUND
        assert scan(pieces(photo()), address=scanner.address) == Scan.NOTHING_FOUND
        large = bytes(1_000_000)
        assert scan(pieces(large), address=scanner.address) == Scan.NOTHING_FOUND
    assert scanner.received == [EICAR, photo(), large]


def test_without_a_scanner_nothing_is_read():
    assert scan(pieces(EICAR), address="") == Scan.NOT_DONE


def test_what_is_larger_than_the_scanner_takes_is_not_scanned(tmp_path):
    with Scanner(tmp_path) as scanner:
        assert scan(pieces(bytes(3 * LARGEST)), address=scanner.address) == Scan.FAILED


@pytest.mark.parametrize("answer", [b"stream: ERROR\0", b"OK\0", b"x" * 5000, b"stream: OK FOUN\0"])
def test_another_answer_is_a_scan_that_failed(answer, tmp_path):
    with Scanner(tmp_path, answer=answer) as scanner:
        assert scan(pieces(photo()), address=scanner.address) == Scan.FAILED


def test_a_scanner_that_hangs_up_or_is_not_there_failed(tmp_path):
    with Scanner(tmp_path, hangs_up=True) as scanner:
        assert scan(pieces(bytes(900_000)), address=scanner.address) == Scan.FAILED
    for address in (str(tmp_path / "nobody"), "127.0.0.1:1", "nonsense", "127.0.0.1:many"):
        assert scan(pieces(photo()), address=address) == Scan.FAILED


def test_of_a_file_that_does_not_open_to_its_end_nothing_is_known(tmp_path):
    def broken():
        yield b"het begin"
        raise Unreadable

    with Scanner(tmp_path) as scanner, pytest.raises(Unreadable):
        scan(broken(), address=scanner.address)
    assert scanner.received == []
