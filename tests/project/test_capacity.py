"""When more reporters come at once than can be served: nobody is told apart, nothing is lost."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Semaphore

import pytest

from vertrouwd.project.capacity import BUSY, SMALL, UNREAD, Capacity, Limits

FEW = Limits(at_work=1, waiting=1, seconds=30, reading=1, files=1, past=1)


class Office:
    """A program that answers one request when it is told to."""

    def __init__(self, limits: Limits = FEW):
        self.told, self.answered = [], []
        self.begun, self.go_on = Semaphore(0), Event()
        self.threads = ThreadPoolExecutor(32)
        self.capacity = Capacity(
            self._answer, passes=lambda path: path == "/weg", told=self.told.append, limits=limits
        )

    def _answer(self, environ, start):
        if busy := environ.get(BUSY):
            start("503", [])
            return [str(busy).encode()]
        if environ["PATH_INFO"] != "/weg":
            self.begun.release()
            assert self.go_on.wait(30)
        self.answered.append(environ["wsgi.input"].read())
        start("200", [])
        return [b""]

    def ask(self, path="/melden", body=b"", length=None):
        """The status and the body; `length` is what the sender announced."""
        said = []
        environ = {
            "PATH_INFO": path, "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": str(len(body) if length is None else length),
        }  # fmt: skip
        answer = self.capacity(environ, lambda status, headers: said.append(status))
        return said[-1], b"".join(answer)

    def comes(self, *args, **more):
        return self.threads.submit(self.ask, *args, **more)

    def has_begun(self):
        assert self.begun.acquire(timeout=30)


@pytest.fixture
def office():
    made = Office()
    yield made
    made.go_on.set()
    made.threads.shutdown()


def waits(office) -> None:
    """Until the one place to wait is taken."""
    while office.capacity._workers._work_queue.qsize() < 1:
        pass


def test_who_comes_when_all_places_are_taken_gets_the_waiting_page_at_once(office):
    first = office.comes()
    office.has_begun()
    second = office.comes()
    waits(office)
    assert office.ask() == ("503", b"True")
    office.go_on.set()
    assert (first.result(), second.result()) == (("200", b""), ("200", b""))
    assert office.ask() == ("200", b"")


def test_a_class_of_thirty_at_the_same_moment_is_served_whole():
    office = Office(Limits())
    office.go_on.set()
    together = Barrier(30)

    def pupil(number):
        together.wait()
        return office.ask(body=b"%d" % number)

    found = list(office.threads.map(pupil, range(30)))
    assert {status for status, _ in found} == {"200"}
    assert sorted(office.answered) == sorted(b"%d" % number for number in range(30))


def test_the_way_out_needs_no_place(office):
    office.comes()
    office.has_begun()
    office.comes()
    waits(office)
    assert office.ask("/weg") == ("200", b"")


def test_who_waits_too_long_is_told_and_nothing_of_it_is_done():
    office = Office(Limits(at_work=1, waiting=1, seconds=0.01))
    first = office.comes()
    office.has_begun()
    assert office.ask(body=b"te laat") == ("503", b"True")
    office.go_on.set()
    assert first.result() == ("200", b"")
    assert office.ask(body=b"nog eens")[0] == "200"
    assert office.answered == [b"", b"nog eens"]


def test_who_is_being_answered_is_waited_for():
    office = Office(Limits(at_work=1, waiting=1, seconds=0.01))
    first = office.comes()
    office.has_begun()
    assert office.ask()[0] == "503"  # by then the first has been at work for longer than that
    office.go_on.set()
    assert first.result() == ("200", b"")


def test_files_that_come_in_slowly_hold_no_place_of_words(office):
    large = office.comes(length=SMALL + 1)
    office.has_begun()
    words = office.comes(body=b"woorden")
    office.has_begun()
    office.go_on.set()
    assert (large.result()[0], words.result()[0]) == ("200", "200")


def test_a_sender_too_many_of_files_keeps_the_words_and_after_that_not_even_those(office):
    office.comes(length=SMALL + 1)
    office.has_begun()
    assert office.ask(length=SMALL + 1) == ("503", b"True")
    assert office.capacity._past.acquire(blocking=False)
    assert office.ask(length=SMALL + 1) == ("503", UNREAD.encode())
    office.go_on.set()
    assert office.ask(body=b"woorden")[0] == "200"


def test_when_too_many_words_come_in_at_once_the_next_form_is_not_read(office):
    assert office.capacity._reading.acquire(blocking=False)
    assert office.ask(body=b"x") == ("503", UNREAD.encode())
    office.capacity._reading.release()
    office.go_on.set()
    assert office.ask(body=b"x")[0] == "200"


def test_half_a_form_is_none(office):
    office.go_on.set()
    assert office.ask(body=b"half", length=8)[0] == "200"
    assert office.answered == [b""]


def test_a_place_is_free_again_when_the_program_breaks():
    def breaks(environ, start):
        assert BUSY not in environ
        raise RuntimeError

    capacity = Capacity(breaks, passes=lambda path: False, told=print, limits=FEW)
    for _ in range(5):
        with pytest.raises(RuntimeError):
            capacity({"PATH_INFO": "/"}, print)
