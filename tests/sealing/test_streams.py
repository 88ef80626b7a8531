"""A sealed stream opens whole, in order, at its place; what is cut, moved or changed does not."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.streams import (
    CHUNK,
    SEALED_CHUNK,
    SealingWriter,
    read_stream,
    sealed_size,
    verify_stream,
)
from vertrouwd.sealing.unreadable import Unreadable

KEY = bytes(range(32))
PLACE = Place("0" * 32, "file")
HEADER = 33
# Around every border of chunks and steps of padding.
SIZES = [0, 1, 4095, 4096, 4097, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5, 300_000]


def sealed(content: bytes, *, place: Place = PLACE, portion: int = 10**9) -> bytes:
    file = io.BytesIO()
    with SealingWriter(file, KEY, place=place) as writer:
        for start in range(0, len(content), portion):
            writer.write(content[start : start + portion])
    return file.getvalue()


def opened(stream: bytes, *, key: bytes = KEY, place: Place = PLACE) -> bytes:
    return b"".join(read_stream(io.BytesIO(stream), key, place=place))


LONG = os.urandom(4 * CHUNK + 1000)
STREAM = sealed(LONG)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_is_what_opens(size):
    content = os.urandom(size)
    stream = sealed(content)
    assert opened(stream) == content
    assert len(stream) == sealed_size(size)
    assert verify_stream(io.BytesIO(stream), KEY, place=PLACE) == size


@settings(deadline=None)
@given(size=st.integers(0, 200_000), portion=st.integers(500, 100_000))
def test_the_portions_in_which_it_came_do_not_matter(size, portion):
    content = bytes(size)
    assert opened(sealed(content, portion=portion)) == content


def test_zeros_and_padding_marks_at_the_end_are_content():
    for content in (bytes(CHUNK), b"\x80", b"text\x80" + bytes(5000)):
        assert opened(sealed(content)) == content


def test_another_key_or_place_opens_nothing():
    elsewhere = [Place("1" * 32, "file"), Place("0" * 32, "other"), Place("0" * 32, "file", 2)]
    for place in elsewhere:
        with pytest.raises(Unreadable):
            opened(STREAM, place=place)
    with pytest.raises(Unreadable):
        opened(STREAM, key=bytes(32))


@settings(deadline=None, max_examples=200)
@given(bit=st.integers(0, len(STREAM) * 8 - 1))
def test_one_flipped_bit_anywhere_is_noticed(bit):
    changed = bytearray(STREAM)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        opened(bytes(changed))


BORDERS = [HEADER + number * SEALED_CHUNK for number in range(5)]


@settings(deadline=None)
@given(length=st.integers(0, len(STREAM) - 1) | st.sampled_from(BORDERS))
def test_a_stream_cut_off_anywhere_is_noticed_also_between_chunks(length):
    with pytest.raises(Unreadable):
        opened(STREAM[:length])


def chunks(stream: bytes) -> list[bytes]:
    return [stream[at : at + SEALED_CHUNK] for at in range(HEADER, len(stream), SEALED_CHUNK)]


@given(order=st.permutations(range(5)).filter(lambda order: order != list(range(5))))
def test_chunks_in_another_order_are_noticed(order):
    parts = chunks(STREAM)
    with pytest.raises(Unreadable):
        opened(STREAM[:HEADER] + b"".join(parts[number] for number in order))


@given(number=st.integers(0, 4))
def test_a_chunk_left_out_or_repeated_is_noticed(number):
    parts = chunks(STREAM)
    for changed in (parts[:number] + parts[number + 1 :], parts[: number + 1] + parts[number:]):
        with pytest.raises(Unreadable):
            opened(STREAM[:HEADER] + b"".join(changed))


def test_a_chunk_of_another_stream_is_noticed_also_under_the_same_key_and_place():
    mine, other = chunks(STREAM), chunks(sealed(LONG))
    with pytest.raises(Unreadable):
        opened(STREAM[:HEADER] + b"".join([mine[0], other[1], *mine[2:]]))


@pytest.mark.parametrize("more", [b"\0", bytes(SEALED_CHUNK), chunks(STREAM)[-1]])
@pytest.mark.parametrize("size", [10, CHUNK])  # a last chunk that is short, and a full one
def test_data_behind_the_last_chunk_is_noticed(more, size):
    with pytest.raises(Unreadable):
        opened(sealed(bytes(size)) + more)


def test_pieces_that_come_out_before_damage_are_what_was_sealed():
    changed = bytearray(STREAM)
    changed[-1] ^= 1
    pieces = []
    with pytest.raises(Unreadable):
        for piece in read_stream(io.BytesIO(bytes(changed)), KEY, place=PLACE):
            pieces.append(piece)
    assert b"".join(pieces) == LONG[: 4 * CHUNK]


def test_what_was_given_up_halfway_never_opens():
    file = io.BytesIO()
    with pytest.raises(RuntimeError), SealingWriter(file, KEY, place=PLACE) as writer:
        writer.write(LONG)
        raise RuntimeError
    with pytest.raises(Unreadable):
        opened(file.getvalue())
    with pytest.raises(ValueError, match="closed"):
        writer.write(b"more")


def test_contents_of_alike_size_have_one_size_when_sealed():
    assert {len(sealed(bytes(size))) for size in range(0, 4097, 512)} == {sealed_size(1)}


def test_a_pipe_that_gives_little_at_a_time_is_read_as_a_file():
    class Slow(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 1000))

    assert b"".join(read_stream(Slow(STREAM), KEY, place=PLACE)) == LONG


CONSTANT_MEMORY = """
import sys
from pathlib import Path
from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.streams import SealingWriter, verify_stream
place, piece = Place("0" * 32, "file"), bytes(1 << 20)

def peak() -> int:  # KiB; what getrusage gives starts with the peak of the parent
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

before = peak()
with open(sys.argv[1], "wb") as file, SealingWriter(file, bytes(32), place=place) as writer:
    for _ in range(256):
        writer.write(piece)
with open(sys.argv[1], "rb") as file:
    assert verify_stream(file, bytes(32), place=place) == 256 << 20
print(peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for the peak")
def test_a_quarter_of_a_gigabyte_takes_no_more_memory_than_a_few_chunks(tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", CONSTANT_MEMORY, str(tmp_path / "sealed")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(result.stdout) < 8 * 1024  # KiB
