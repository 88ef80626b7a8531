"""Somebody at the signpost, through HTTP: choosing answers by value, as a browser sends them."""

import re
from html import unescape

from django.test import Client

HERE = "/wegwijzer"


class Visitor:
    """One visit; `page` is what is on the screen."""

    def __init__(self, language: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.address = HERE + (f"?taal={language}" if language else "")
        self.answer = self.client.get(self.address)

    @property
    def page(self) -> str:
        return self.answer.content.decode()

    @property
    def text(self) -> str:
        """What can be read on the page, in one line."""
        main = re.search(r"<main.*</main>", self.page, re.DOTALL)
        assert main
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())

    @property
    def state(self) -> str:
        return re.search(r'name="state" value="([^"]*)"', self.page)[1]

    @property
    def steps(self) -> list[str]:
        return [unescape(t) for t in re.findall(r"<li><h2>(.*?)</h2>", self.page)]

    @property
    def duties(self) -> str:
        """The duty box; empty when there is none."""
        box = re.search(r'id="plichten">(.*?)</section>', self.page, re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", box[1])).split()) if box else ""

    def send(self, **fields: str) -> "Visitor":
        self.answer = self.client.post(self.address, {"state": self.state, **fields})
        return self

    def choose(self, *answers: str) -> "Visitor":
        for value in answers:
            assert f'value="{value}"' in self.page, f"{value} cannot be chosen"
            self.send(antwoord=value, ga="verder")
            assert self.answer.status_code == 200
        return self
