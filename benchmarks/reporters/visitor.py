"""One reporter at work: goes through the form page by page, sends it, and opens the mailbox."""

import http.client
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

from reporters.forms import Form, read

GO_ON = "verder"
AT_MOST = 40  # pages of one form
TRIES_WITHIN = 150.0  # seconds, while the server is away
Answer = TypeVar("Answer")
FORM = "application/x-www-form-urlencoded"


class NotAsPromised(Exception):
    """The site did something that its contract does not allow."""


@dataclass
class Page:
    """An answer of the server: its status, and what the page asks."""

    status: int
    form: Form
    address: str
    size: int = 0
    cookie: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes away."""

    reference: str
    code: str


@dataclass
class Visitor:
    """A connection that is kept open, as of one browser; `times` are seconds a page."""

    port: int
    host: str = "localhost"
    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def get(self, address: str, *, cookie: str = "") -> Page:
        return self._ask("GET", address, b"", {"Cookie": cookie} if cookie else {})

    def post(self, page: Page, values: dict[str, str], *, cookie: str = "") -> Page:
        """Send the form of a page with these values."""
        headers = {"Sec-Fetch-Site": "same-origin"} | ({"Cookie": cookie} if cookie else {})
        if page.form.is_multipart:
            boundary = secrets.token_hex(16)
            body = multipart(values, boundary)
            headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
        else:
            body = urlencode(values).encode()
            headers["Content-Type"] = FORM
        return self._ask("POST", page.form.action or page.address, body, headers)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Page:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        began = time.perf_counter()
        try:
            self._connection.request(method, address, body or None, headers)
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self.times.append(time.perf_counter() - began)
        self.sizes.append(len(text))
        cookie = (answer.headers.get("Set-Cookie") or "").partition(";")[0]
        if answer.status in (302, 303):
            return self.get(answer.headers["Location"], cookie=cookie)
        return Page(answer.status, read(text.decode()), address, len(text), cookie)


def multipart(values: dict[str, str], boundary: str) -> bytes:
    """As a browser sends a form with no file chosen."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in values.items()
    ]
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


def last_page(visitor: Visitor, answers: dict[str, str]) -> tuple[Page, Page, dict[str, str]]:
    """Walk the form to its last page; that page, the one before, and what was sent from there.

    Sending the page before once more gives another last page, of another report.
    """
    page = visitor.get("/melden")
    for _ in range(AT_MOST):
        if page.status != 200:
            raise NotAsPromised(f"{page.address} answered {page.status}")
        values = page.form.filled(answers) | {"ga": GO_ON}
        if not page.form.buttons:
            raise NotAsPromised("a page has no button that goes on")
        name, value = page.form.buttons[0]
        values[name] = value
        before, page = page, visitor.post(page, values)
        if page.form.takes_files:
            return page, before, values
    raise NotAsPromised("the form never ends")


def send(visitor: Visitor, page: Page) -> Receipt | None:
    """Send the last page. None: the server said that it did not take it."""
    name, value = page.form.buttons[-1]
    answer = visitor.post(page, page.form.filled({}) | {name: value})
    if answer.status in (429, 503):
        return None
    return receipt_on(answer)


def receipt_on(answer: Page) -> Receipt:
    """The receipt on a page. Raises NotAsPromised when there is none."""
    texts = answer.form.texts
    if answer.status != 200 or not {"reference", "code"} <= texts.keys():
        raise NotAsPromised(f"no receipt, but {answer.status}")
    return Receipt(texts["reference"].strip(), texts["code"].strip())


def opened_thread(visitor: Visitor, receipt: Receipt) -> str:
    """What stands in the mailbox of that receipt. Raises NotAsPromised when it does not open."""
    page = visitor.get("/postvak")
    values = page.form.filled({"reference": receipt.reference, "code": receipt.code})
    name, value = page.form.buttons[0]
    opened = visitor.post(page, values | {name: value})
    if opened.status != 200 or "thread" not in opened.form.texts:
        raise NotAsPromised(f"the mailbox does not open: {opened.status}")
    return opened.form.texts["thread"]


def until_it_answers(visitor: Visitor, act: Callable[[], Answer]) -> Answer:
    """Do it again while the server is away, as somebody would who waits."""
    latest = time.monotonic() + TRIES_WITHIN
    while True:
        try:
            return act()
        except (OSError, http.client.HTTPException):
            visitor.close()
            if time.monotonic() > latest:
                raise
            time.sleep(0.1)
