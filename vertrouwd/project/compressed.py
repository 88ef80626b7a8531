"""Style and script travel compressed: the same for everybody, so their size tells nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

KINDS = ("text/css", "text/javascript")


class CompressedFiles(GZipMiddleware):
    """Of the files that belong to every page; letters and the icon are small already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """Compressed, when the browser can read that."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if request.path_info.startswith(settings.STATIC_URL) and kind in KINDS:
            return super().process_response(request, response)
        return response
