"""What no browser sends is refused before a page sees it: 400, and nothing of it is kept."""

import re
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

# Half of a pair of UTF-16 (a broken encoding), or a control sign that no database takes.
UNUSABLE = re.compile(r"[\x00\ud800-\udfff]")
CLEAN_COOKIE = re.compile(r"[\x21-\x7e]{0,4096}", re.ASCII)
OUR_WRITING = frozenset({"utf-8", "utf8"})


class RefuseMalformed:
    """An address with a sign nobody types is refused, and a form that says it is written otherwise
    than our pages are; a cookie that is not ours is not seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if CLEAN_COOKIE.fullmatch(value)
        }
        if (said := request.encoding) and said.lower() not in OUR_WRITING:
            request.encoding = "utf-8"  # Python knows writings that are none of text: hex, zlib
            raise BadRequest
        if UNUSABLE.search(request.path_info) or any(
            UNUSABLE.search(part) for pair in request.GET.lists() for part in (pair[0], *pair[1])
        ):
            raise BadRequest
        return self.get_response(request)
