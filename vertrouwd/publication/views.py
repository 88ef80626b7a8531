"""The public pages: what this is, the figures, the whole overview, and its files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from vertrouwd.accounts.gates import public
from vertrouwd.publication.dutch import english_number
from vertrouwd.publication.overview.contents import Overview
from vertrouwd.publication.overview.language import DUTCH, Language
from vertrouwd.publication.overview.page import overview_context
from vertrouwd.publication.overview.sections import REPORTS_SERIES
from vertrouwd.publication.published_files import (
    files_of,
    made_years,
    public_file,
    read_overview,
)
from vertrouwd.publication.theme import read_theme, theme_of_home

ENGLISH = Language("en", lambda text: gettext(text) if text else "", english_number)
# The sections of the figures page, by the unit of the year.
SHORT = {"dossiers": ("three-years", "category"), "reports": (REPORTS_SERIES,)}


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and where the figures are."""
    return render(request, "publication/home.html", _around(request, None))


@public
@require_safe
@gzip_page
def figures(request: HttpRequest) -> HttpResponse:
    """The newest overview in short: the comparison of three years, the categories, the files."""
    years = made_years(_home())
    newest = read_overview(_home(), years[0]) if years else None
    if newest is None:
        return render(request, "publication/no_figures.html", _around(request, None))
    context = overview_context(newest, language=_language(), only=SHORT[newest.unit])
    context |= _around(request, newest) | {"years": years, "files": files_of(_home(), newest.year)}
    context["source_page"] = f"/cijfers/{newest.year}{context['taal']}"
    return render(request, "publication/figures.html", context)


@public
@require_safe
@gzip_page
def overview(request: HttpRequest, year: str) -> HttpResponse:
    """The whole overview of a year: `2022-2023`, or `2022` for childcare."""
    found = read_overview(_home(), year)
    if found is None:
        raise Http404
    context = overview_context(found, language=_language())
    context |= _around(request, found) | {"on_site": True, "files": files_of(_home(), year)}
    return render(request, "publication/year.html", context)


@public
@require_safe
def download(request: HttpRequest, year: str, name: str) -> FileResponse:
    """One published file of that year, exactly as it was made: tables, overview and letter.

    Nothing else leaves the folder.
    """
    found = public_file(_home(), year, name)
    if found is None:
        raise Http404
    path, content_type = found
    return FileResponse(
        path.open("rb"),
        content_type=content_type,
        as_attachment=path.suffix in (".csv", ".json", ".odt"),
        filename=f"{year}-{path.name}",
    )


@public
@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The colours and letters of this house, where it has its own (docs/theme.md)."""
    found = theme_of_home()
    if found is None or (text := read_theme(found)) is None:
        raise Http404
    return HttpResponse(text, content_type="text/css; charset=utf-8")


def _home() -> Path:
    return Path(settings.VERTROUWD_HOME)


def _language() -> Language:
    return ENGLISH if get_language() == "en" else DUTCH


def _around(request: HttpRequest, newest: Overview | None) -> dict[str, Any]:
    """What the frame of every page needs. `taal` goes behind each address of our own."""
    english = get_language() == "en"
    return {
        "taal": "?taal=en" if english else "",
        "other_language": request.path if english else f"{request.path}?taal=en",
        "newest": newest,
        "has_invented": bool(newest and newest.provenance.is_demonstration),
        "data_folder": f"/cijfers/{newest.year}/overview/" if newest else "",
    }
