"""Somebody at the signpost, through HTTP: choosing answers by value, as a browser sends them."""

import re
from html import unescape

from tests.on_a_page import OnAPage, in_one_line

HERE = "/wegwijzer"


class Visitor(OnAPage):
    """One visit; `page` is what is on the screen."""

    def __init__(self, language: str = "") -> None:
        super().__init__(HERE, language)
        self.answer = self.client.get(self.address)

    @property
    def steps(self) -> list[str]:
        return [unescape(t) for t in re.findall(r"<li><h2>(.*?)</h2>", self.page)]

    @property
    def duties(self) -> str:
        """The duty box; empty when there is none."""
        box = re.search(r'id="plichten">(.*?)</section>', self.page, re.DOTALL)
        return in_one_line(box[1]) if box else ""

    def send(self, **fields: str) -> "Visitor":
        self.answer = self.client.post(self.address, {"state": self.state, **fields})
        return self

    def choose(self, *answers: str) -> "Visitor":
        for value in answers:
            assert f'value="{value}"' in self.page, f"{value} cannot be chosen"
            self.send(antwoord=value, ga="verder")
            assert self.answer.status_code == 200
        return self
