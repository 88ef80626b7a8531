"""The role matrix as written down (role_matrix.txt), and what a browser gets, told in its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

TABLE = Path(__file__).with_name("role_matrix.txt")
WORDS = {"open", "login", "step2", "unlock", "405", "404", "none"}
LED_TO = {"/inloggen": "login", "/twee-stappen": "step2", "/ontgrendelen": "unlock"}
TOKEN = re.compile(r'(?<=csrfmiddlewaretoken" value=")[^"]+')
STATE = re.compile(r'name="state" value="1\.[\w-]+"')  # sealed anew on every page
HERE = re.compile(r' aria-current="\w+"')


@dataclass(frozen=True)
class Row:
    """One line: a page, asked in one way, for one thing; who gets what."""

    method: str
    route: str
    thing: str
    cells: dict[str, str]


def rows(site: str) -> list[Row]:
    """The lines below `[site]`."""
    return list(_read(site))


def _read(site: str) -> Iterator[Row]:
    text = TABLE.read_text("utf-8").split(f"[{site}]")[1].partition("\n[")[0]
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    (_, _, _, *columns), *found = lines
    for method, route, thing, *cells in found:
        yield Row(method, route, thing, dict(zip(columns, cells, strict=True)))


def outcome(response, *, refused: int) -> str:
    """What happened, in a word of the table; `refused` is the number of lines about a refusal."""
    if response.status_code == 404:
        return "404" if refused else "none"
    if response.status_code == 405:
        return "405"
    place = urlsplit(response.headers.get("Location", "")).path
    return LED_TO.get(place, "open") if response.status_code == 302 else "open"


def told(response, *, asked: str) -> tuple[int, str, str]:
    """Status, headers and body, but for what differs by nature.

    The token against forged forms is new on every page, in the body and in its cookie; so are the
    sealed answers of a public form. The way
    back, in the address of a redirect, is what was asked for. The menu marks the chapter of that
    address, whether anything is there or not; so the length differs too.
    """
    headers = {**response.headers} | {
        f"Set-Cookie {name}": str(sorted((k, v) for k, v in morsel.items() if k != "expires"))
        for name, morsel in response.cookies.items()
    }
    body = b"".join(response.streaming_content) if response.streaming else response.content
    location = headers.get("Location", "").replace(urlencode({"next": asked}), "next=…")
    text = body.decode("utf-8", "replace")
    headers.pop("Content-Length", "")  # the body is compared itself
    return (
        response.status_code,
        str(sorted((headers | {"Location": location}).items())),
        HERE.sub("", STATE.sub("", TOKEN.sub("", text))),
    )
