"""The telephone numbers that every template may name: `numbers.inspectors.phone`."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from vertrouwd.advice.numbers import Numbers
from vertrouwd.advice.numbers import numbers as numbers_said
from vertrouwd.advice.wording import Wording


def numbers(request: HttpRequest) -> dict[str, Numbers]:
    """For the context of a template, in the language of the page."""
    return {"numbers": numbers_said(Wording(get_language() or settings.LANGUAGE_CODE))}
