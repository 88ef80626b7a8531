"""Somebody at one address of the public site, through HTTP; what is on the screen, read."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client


def in_one_line(html: str) -> str:
    """What can be read of it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


class OnAPage:
    """One browser; `answer` is what it shows."""

    answer: HttpResponse

    def __init__(self, address: str, language: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.address = address + (f"?taal={language}" if language else "")

    @property
    def page(self) -> str:
        return self.answer.content.decode()

    @property
    def text(self) -> str:
        """What can be read in the main part, in one line."""
        main = re.search(r"<main.*</main>", self.page, re.DOTALL)
        return in_one_line(main[0]) if main else ""

    @property
    def state(self) -> str:
        """The hidden state of the form; empty when there is none."""
        found = re.search(r'name="state" value="([^"]*)"', self.page)
        return found[1] if found else ""
