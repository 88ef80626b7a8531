"""A body comes whole or is refused, and who sends next to nothing keeps nobody waiting."""

import io
import socket
import sys
import threading
import time

import pytest
from django.core.exceptions import BadRequest

from tests.project.running import running
from vertrouwd.project.bodies import LOOKS, PIECE, READ_ON, Body, Watch

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what came")


WORDS = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("bodies") / "home") as found:
        yield found


def body(content: bytes, size: int) -> Body:
    return Body(io.BytesIO(content), size, {})


@pytest.mark.parametrize("by", [1, 1000, PIECE, 3 * PIECE, -1])
def test_a_body_is_read_to_its_end_in_any_portion(by):
    content, read = bytes(range(256)) * 1000, b""
    whole = body(content + b"the next request", len(content))
    while piece := whole.read(by):
        read += piece
    assert read == content


@pytest.mark.parametrize("there", [0, 1, PIECE, 255_999])
@pytest.mark.parametrize("by", [1000, PIECE, -1])
def test_a_body_that_breaks_off_is_refused_wherever_it_does(there, by):
    half = body(b"x" * there, 256_000)
    with pytest.raises(BadRequest):
        while half.read(by):
            pass


@pytest.mark.slow
def test_what_no_page_wanted_is_read_to_its_end_so_that_the_answer_is_seen(server):
    """Else the browser, which is still sending, says that the connection broke."""
    form = b"verhaal=" + b"x" * 10_000_000
    for port in server.ports:
        for path in ("/", "/melden", "/postvak", "/inloggen"):
            status, _, _ = server.ask(port, path, method="POST", body=form, Content_Type=WORDS)
            assert 400 <= status < 500, path


def test_what_is_far_too_much_is_not_read_on():
    much = io.BytesIO(b"x" * 100)
    Body(much, READ_ON + 1, {}).read_on()
    assert much.tell() == 0


@pytest.mark.parametrize("there", [0, 10, PIECE])
def test_a_body_that_breaks_off_when_nobody_wants_it_is_nothing(there):
    body(b"x" * there, 3 * PIECE).read_on()


class Listening:
    """A port with connections to it, and who watches them."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.watch = Watch(self.server.getsockname()[1], patience=0)
        self.pairs: list[tuple[socket.socket, socket.socket]] = []

    def connect(self) -> tuple[socket.socket, socket.socket]:
        near = socket.create_connection(self.server.getsockname())
        self.pairs.append((near, self.server.accept()[0]))
        return self.pairs[-1]

    def close(self) -> None:
        for pair in self.pairs:
            for one in pair:
                one.close()
        self.server.close()


@pytest.fixture
def listening():
    found = Listening()
    yield found
    found.close()


def is_open(near: socket.socket) -> bool:
    near.setblocking(False)
    try:
        return near.recv(1) != b""
    except BlockingIOError:
        return True
    finally:
        near.setblocking(True)


@linux
def test_who_sends_next_to_nothing_is_cut_off_and_who_sends_slowly_is_not(listening):
    (trickling, at_us), (sending, far) = listening.connect(), listening.connect()
    listening.watch.waiting[threading.get_ident()] = 0.0
    for look in range(LOOKS):
        assert listening.watch.look() == 0, look
        trickling.send(b"x")
        sending.sendall(b"x" * (PIECE // LOOKS + 1))
        at_us.recv(1), far.recv(PIECE)
    assert listening.watch.look() == 1
    assert (is_open(trickling), is_open(sending)) == (False, True)
    assert at_us.recv(1) == b""  # who waited for more goes on


@linux
def test_when_others_find_no_place_who_was_silent_longest_makes_room(listening):
    (silent, _), (speaking, _) = listening.connect(), listening.connect()
    silent.send(b"x")
    time.sleep(0.1)
    speaking.send(b"x")
    assert listening.watch.end_silent(after=3600) == 0
    assert listening.watch.end_silent(after=0.05, at_most=1) == 1
    assert (is_open(silent), is_open(speaking)) == (False, True)


@linux
def test_while_nobody_waits_an_idle_connection_is_left_alone(listening):
    idle, _ = listening.connect()
    for _ in range(3 * LOOKS):
        assert listening.watch.look() == 0
    assert is_open(idle)


@linux
def test_a_connection_that_goes_elsewhere_is_none_of_its_business(listening):
    """That to the database, say: it is idle too."""
    another = Listening()
    near, _ = another.connect()
    listening.watch.waiting[threading.get_ident()] = 0.0
    for _ in range(3 * LOOKS):
        assert listening.watch.look() == 0
    assert is_open(near)
    another.close()
