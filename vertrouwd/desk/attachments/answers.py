"""Bytes of a file as an answer: to be looked at or saved, and never to run as a page."""

from collections.abc import Iterator
from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

# Whatever a browser takes it for, it may load nothing, start nothing, and has no origin.
POLICY = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
PICTURES = {"image/jpeg", "image/png"}
Answer = TypeVar("Answer", bound=HttpResponseBase)
BYTES = "application/octet-stream"


def picture(kind: str, body: bytes) -> HttpResponse:
    """A picture in a page; what says it is something else is not shown."""
    if kind not in PICTURES:
        return HttpResponse(status=404)
    answer = HttpResponse(body, content_type=kind)
    return _shut(answer, "inline")


def saved_copy(reference: str, kind: str, size: int, pieces: Iterator[bytes]) -> HttpResponseBase:
    """The clean copy, to save under our own name for it."""
    ending = ENDINGS.get(kind.partition(";")[0], "bin")
    return _saved(f"{reference}-schoon.{ending}", kind if ending != "bin" else BYTES, size, pieces)


def saved_original(reference: str, size: int, pieces: Iterator[bytes]) -> HttpResponseBase:
    """The original, to save: by no name or type that makes a program open it by itself."""
    return _saved(f"{reference}-origineel.bewijs", BYTES, size, pieces)


def _saved(name: str, kind: str, size: int, pieces: Iterator[bytes]) -> HttpResponseBase:
    answer = StreamingHttpResponse(pieces, content_type=kind)
    answer["Content-Length"] = str(size)
    return _shut(answer, f'attachment; filename="{name}"')


def _shut(answer: Answer, how: str) -> Answer:
    answer["Content-Disposition"] = how
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
