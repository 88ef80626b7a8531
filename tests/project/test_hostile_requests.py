"""Whatever is sent to either process: 4xx, never 5xx, never an echo, and it keeps answering."""

import random
import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.project.running import running

CANARY = "kanarie-7391"
SITES = ("public", "casework")
PATHS = [
    f"/{CANARY}", f"//{CANARY}", f"/{CANARY}/../..", "/%00", f"/%00{CANARY}", "/%ff%fe",
    "/%ed%a0%80", f"/?{CANARY}=%00", f"/?taal={CANARY}", f"/static/{CANARY}.css",
    "/static/../../secret.key", "/static/..%2f..%2fkeys/casework/secret.key",
    "/%2e%2e/keys/public/secret.key", "/.git/config", f"/cijfers/{CANARY}",
    f"/cijfers/2022-2023/%00{CANARY}", "/inloggen?next=//evil.example",
    "/" + "a" * 8000, f"/?x={'b' * 8000}", "/?" + "&".join(f"f{n}=1" for n in range(600)),
]  # fmt: skip
COOKIES = [
    f"login={CANARY}", "login=", "login=a; login=b", 'login="\\000\\377"', f"csrf={CANARY}",
    "login=" + "x" * 5000, "unlock=../../etc", "=;;=;", "taal=%00",
    f"taal={CANARY}", f"messages={CANARY}", "unlock=" + "A" * 86,
    f"postvak={CANARY}", "postvak=1." + "A" * 700, "postvak=1.%00", "postvak=a; postvak=b",
]  # fmt: skip
FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 1024 * 1024  # bytes; DATA_UPLOAD_MAX_MEMORY_SIZE
PARTS = "multipart/form-data; boundary=x"
WRITTEN = b'--x\r\nContent-Disposition: form-data; name="ga"\r\n\r\n\\ud800\r\n--x--\r\n'
BODIES = [
    (FORM, b"%"),
    (FORM, b"a=%00&b=%ff%fe"),
    (FORM, b"&".join(b"f%d=1" % n for n in range(5000))),
    (FORM, b"a=" + b"x" * 2_000_000),
    (FORM + "; charset=utf-16", b"a=b"),
    (FORM + "; charset=no-such-thing", b"a=b"),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=", b"----\r\n"),
    ("multipart/form-data; boundary=\xe9\xff", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    *(
        (kind, WRITTEN)
        for kind in (
            f"{PARTS}; charset=hex",
            f'{PARTS}; CHARSET="i\\dna"',
            f"{PARTS}; charset=unicode_escape",
            f"{PARTS}; charset=utf-8; charset=zlib",
            "multipart/form-data; boundary*=idna''x%ff",
            "multipart/form-data; boundary*=none''x",
            f"{PARTS}; charset*0=he; charset*1=x",
        )
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../a"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n***\r\n--x--\r\n",
    ),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x\r\n"),
    ("application/json", b"[" * 100_000),
    ("text/xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    ("", b"\x00\xff" * 100),
]
METHODS = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", CANARY.upper()]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "temporary").mkdir()
    with running(folder / "home", TMPDIR=str(folder / "temporary")) as found:
        yield found
        assert found.process.poll() is None
        assert "process_died" not in found.said
        assert '"fault"' not in found.said


def addresses(site: str) -> list[str]:
    """Some pages of a site to send a form to."""
    return {
        "public": ["/", "/cijfers", "/weg", "/health", "/postvak"],
        "casework": ["/", "/inloggen", "/uitloggen", "/ontgrendelen", "/vergrendelen", "/health"],
    }[site]


def check(answer, site: str) -> None:
    status, headers, body = answer
    assert status in ({200, 302} if status < 400 else range(400, 500)), status
    assert CANARY.encode() not in body.lower()
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    if site == "casework" and status != 200:
        assert headers["cache-control"] == "no-store"
    if status == 302 and site == "casework":
        assert headers["location"].startswith("/inloggen")


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_an_address_nobody_types(server, site, path):
    answer = server.ask(getattr(server, site), path)
    if answer[0] == 302:  # where the login leads back to is part of the address, never of the page
        assert not answer[2]
    check(answer, site)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("cookie", COOKIES, ids=range(len(COOKIES)))
def test_a_cookie_that_is_not_ours_is_nobody(server, site, cookie):
    for path in addresses(site):
        check(server.ask(getattr(server, site), path, Cookie=cookie), site)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("number", range(len(BODIES)))
def test_a_form_that_is_none(server, site, number):
    kind, body = BODIES[number]
    headers = {"Content_Type": kind} if kind else {}
    with_cookie = headers | {"Cookie": f"csrf={'a' * 32}", "X_CSRFToken": "a" * 32}
    for path in addresses(site):
        for sent in (headers, with_cookie):
            post(server, site, path, body, sent)


def post(server, site, path, body, headers):
    """Send it and check the answer. A form that is too large may be refused while it is sent: then
    nothing can be read any more, and the next one must be answered as ever."""
    port = getattr(server, site)
    try:
        answer = server.ask(port, path, method="POST", body=body, **headers)
    except (BrokenPipeError, ConnectionResetError):
        assert len(body) > LARGEST_FORM
        answer = server.ask(port, path, method="POST", body=b"", **headers)
    check(answer, site)


@pytest.mark.parametrize("site", SITES)
def test_an_address_that_says_it_is_written_in_no_kind_of_text(server, site):
    kind = "text/plain; charset=hex"
    check(server.ask(getattr(server, site), "/?taal=en", Content_Type=kind), site)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("method", METHODS)
def test_a_method_we_do_not_have(server, site, method):
    for path in addresses(site):
        status, headers, body = server.ask(getattr(server, site), path, method=method)
        check((status, headers, body), site)


@pytest.mark.parametrize("site", SITES)
def test_headers_that_are_too_large_or_broken(server, site):
    port = getattr(server, site)
    start = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
    for raw in [
        start + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
        start + b"".join(b"X-%d: y\r\n" % n for n in range(2000)) + b"\r\n",
        start + b"Content-Length: -1\r\n\r\n",
        start + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        start + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        start + b"Host: b\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        start + b"Cookie: mfa=\x7f\x01\r\n\r\n",
        start + b"X-Bad: \x00\xff\r\n\r\n",
        start + b"Cookie: login=\xff\xfe\xe2\x28\r\nConnection: close\r\n\r\n",
        start + b"Accept-Language: " + b"nl,\xff," * 500 + b"\r\nConnection: close\r\n\r\n",
    ]:
        assert not server.send(port, raw).startswith(b"HTTP/1.1 5"), raw[:60]
    assert server.ask(port, "/health")[0] == 200


@pytest.mark.parametrize("site", SITES)
def test_random_bytes(server, site):
    port, draw = getattr(server, site), random.Random(3)
    for _ in range(40):
        raw = draw.randbytes(draw.randrange(1, 600))
        line = b"GET /" + quote(raw[:60]).encode() + b" HTTP/1.1\r\nHost: localhost\r\n"
        for sent in (raw, line + b"Cookie: login=" + raw.replace(b"\n", b"") + b"\r\n\r\n"):
            assert not server.send(port, sent).startswith(b"HTTP/1.1 5")
    assert server.ask(port, "/health")[0] == 200


@pytest.mark.parametrize("site", SITES)
def test_a_file_that_is_sent_is_never_put_in_a_temporary_file(server, site):
    """Also not for a moment: what a process has open is looked at while it reads."""
    port, seen = getattr(server, site), set()
    large = CANARY.encode() * 700_000  # 8 MB
    body = b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n' + large
    head = (
        b"POST /inloggen HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    answered = b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            for start in range(0, len(body), 500_000):
                connection.sendall((head if start == 0 else b"") + body[start : start + 500_000])
                seen |= open_files(server)
            answered = connection.recv(65536)
        except OSError:
            pass  # it stopped listening: fine
    seen |= open_files(server)
    assert not answered.startswith(b"HTTP/1.1 5")
    temporary = server.said_in.parent / "temporary"
    assert not [name for name in seen if name.startswith(str(temporary))]
    assert list(temporary.iterdir()) == []


def open_files(server) -> set[str]:
    found = set()
    for number in server.others:
        try:
            for entry in Path(f"/proc/{number}/fd").iterdir():
                found.add(str(entry.readlink()))
        except OSError:
            continue
    return found


def test_nobody_sees_a_page_of_the_casework_before_logging_in(server):
    for path in ("/", "/dossiers", "/dossiers/2026-00001", "/mensen", "/logboek", "/rechten",
                 "/sessies", "/sleutel", "/dossiers/bestaat-niet"):  # fmt: skip
        status, headers, _ = server.ask(server.casework, path)
        assert status in (302, 404), path
        if status == 302:
            assert headers["location"].startswith("/inloggen")
