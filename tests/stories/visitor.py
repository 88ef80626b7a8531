"""A browser without a window: it keeps cookies, sends forms, and remembers every answer."""

import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

TOKEN = "t" * 32
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back to one request."""

    method: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    @property
    def asked(self) -> str:
        """What was asked, in short."""
        return f"{self.method} {self.path[:60]}"

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.body, re.S)
        return unescape(found[1]) if found else ""

    @property
    def location(self) -> str:
        found = [value for name, value in self.headers if name.lower() == "location"]
        return found[0] if found else ""

    @property
    def text(self) -> str:
        return unescape(self.body)


@dataclass
class Visitor:
    """Somebody at one of the two sites; `answers` is shared, so that all of them are searched."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """Against forged requests; a login gives another one."""
        return self.cookies.get("csrf", TOKEN)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        """Send a form as a browser does, with the token against forged requests."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **form}).encode()
        return self.send(path, body, FORM, **headers)

    def send(self, path: str, body: bytes, kind: str, **headers: str) -> Answer:
        """Send any bytes, said to be of this content type."""
        return self.ask("POST", path, body, **{"Content-Type": kind, **headers})

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        cookies = {"csrf": TOKEN, **self.cookies}
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            **self.headers,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        connection.request(method, path, body=body, headers=sent)
        came = connection.getresponse()
        answer = Answer(
            method, path, came.status, tuple(came.getheaders()),
            came.read().decode(errors="replace"),
        )  # fmt: skip
        connection.close()
        self._keep_cookies(answer)
        self.answers.append(answer)
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0].strip('"')
