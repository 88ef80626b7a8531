"""A page that takes files, as those of the public site do, for the tests of what it gets.

Its answer is JSON: the fields of the form, and of each file what is known, or why none was taken.
`then` says what the page does with them: `keep` (nothing), `leave` (never ask), `break`.
"""

import time
from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.urls import path

from vertrouwd.attachments.not_taken import NotTaken
from vertrouwd.attachments.uploading import files_of, takes_files


@takes_files
def page(request: HttpRequest) -> JsonResponse:
    then = request.POST.get("then", "keep")
    answers = {name: request.POST[name] for name in sorted(request.POST)}
    if then == "leave":
        return JsonResponse({"answers": answers, "files": len(request.FILES)})
    try:
        files = files_of(request)
    except NotTaken as refusal:
        why = {"refused": type(refusal).__name__, "name": refusal.name}
        return JsonResponse({"answers": answers, **why}, status=413)
    if then == "break":
        raise ZeroDivisionError
    if then == "wait":
        time.sleep(60)
    told = [asdict(file) | {"key": file.key.hex()} for file in files]
    return JsonResponse({"answers": answers, "files": told})


def other(request: HttpRequest) -> JsonResponse:
    """A page that takes none."""
    return JsonResponse({"answers": dict(request.POST.items()), "files": len(request.FILES)})


def broken(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return JsonResponse({}, status=500 if exception is None else 400)


handler400, handler500 = broken, broken
urlpatterns = [path("neemt", page, name="takes"), path("anders", other, name="other")]
