"""What no browser sends is refused before a page sees it: 400, and nothing of it is kept."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from vertrouwd.project.last_resort import Program
from vertrouwd.unusable import is_unusable

CLEAN_COOKIE = re.compile(r"[\x21-\x7e]{0,4096}", re.ASCII)
# A kind of body with a sign that parameters of another writing are marked by, or worse, is none.
PLAIN_KIND = re.compile(r"[\x20-\x29\x2b-\x7e]*", re.ASCII)
WRITING = re.compile(r"charset([^;]*)")
OUR_WRITING = re.compile(r'\s*=\s*"?utf-?8"?\s*')


class RefuseMalformed:
    """An address with a sign nobody types is refused; a cookie that is not ours is not seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if CLEAN_COOKIE.fullmatch(value)
        }
        if is_unusable(request.path_info) or any(
            is_unusable(part) for pair in request.GET.lists() for part in (pair[0], *pair[1])
        ):
            raise BadRequest
        return self.get_response(request)


def with_plain_kinds(program: Program) -> Program:
    """The same WSGI program, which sees no kind of body that could not be read.

    Django asks Python to read a form in the writing that it names itself, before any page or
    middleware of ours sees it, and Python knows some that are no writing of text: hex, zlib.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not is_plain(environ.get("CONTENT_TYPE") or ""):
            environ["CONTENT_TYPE"] = ""
        return program(environ, start_response)

    return answer


def is_plain(kind: str) -> bool:
    """Whether this `Content-Type` names no writing but ours."""
    if not PLAIN_KIND.fullmatch(kind):
        return False
    return all(OUR_WRITING.fullmatch(said) for said in WRITING.findall(kind.lower()))
