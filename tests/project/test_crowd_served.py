"""A crowd at the real server: everybody is answered soon, and nobody's answers are lost."""

import http.client
import re
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from urllib.parse import urlencode

import pytest

from tests.project.running import running
from vertrouwd.project.bodies import SILENT
from vertrouwd.project.capacity import SMALL

HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
CROWD = 150  # more than there are places


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("druk") / "home") as found:
        yield found


def ask(port: int, form: dict[str, str] | None = None) -> tuple[int, str]:
    """The signpost, or what comes of its form: status and page."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    body = urlencode(form) if form else None
    connection.request("POST" if form else "GET", "/wegwijzer", body, HEADERS if form else {})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert answer.status in (200, 503), answer.status
    assert answer.status == 200 or int(answer.headers["Retry-After"]) > 0
    return answer.status, page


def first_answer(port: int) -> dict[str, str]:
    state = HIDDEN.findall(ask(port)[1])[0][1]
    return {"state": state, "antwoord": "nee", "ga": "verder"}


def comes_through(port: int, form: dict[str, str]) -> int:
    """Press the button of the waiting page until there is room; how often that was."""
    status, page = ask(port, form)
    waits = 0
    while status == 503:
        waits += 1
        kept = {unescape(name): unescape(value) for name, value in HIDDEN.findall(page)}
        assert kept == form
        status, page = ask(port, kept)
    assert "Wat voor school" in page
    return waits


def together(number: int, act) -> list:
    """So many at the same moment."""
    begin = Barrier(number)

    def one(_):
        begin.wait()
        return act()

    with ThreadPoolExecutor(number) as crowd:
        return list(crowd.map(one, range(number)))


def test_a_school_class_behind_one_address_is_served_without_waiting(server):
    form = first_answer(server.public)
    assert together(30, lambda: comes_through(server.public, form)) == [0] * 30


def test_a_crowd_comes_through_with_all_that_was_filled_in(server):
    form = first_answer(server.public)
    together(CROWD, lambda: comes_through(server.public, form))
    assert ask(server.public)[0] == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who is silent")
def test_who_begins_many_forms_and_falls_silent_closes_the_door_to_nobody(server):
    form = first_answer(server.public)
    head = b"POST /postvak HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na"
    silent = [socket.create_connection(("localhost", server.public)) for _ in range(60)]
    try:
        for each in silent:
            each.sendall(head)
        time.sleep(SILENT + 1)
        assert together(10, lambda: comes_through(server.public, form)) == [0] * 10
    finally:
        for each in silent:
            each.close()


def test_files_that_hardly_come_in_stop_nobody(server):
    form = first_answer(server.public)
    head = (
        f"POST /melden HTTP/1.1\r\nHost: localhost\r\nContent-Length: {SMALL * 2}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
    )
    slow = [socket.create_connection(("localhost", server.public)) for _ in range(60)]
    try:
        for each in slow:
            each.sendall(head.encode())
        assert together(10, lambda: comes_through(server.public, form)) == [0] * 10
    finally:
        for each in slow:
            each.close()
