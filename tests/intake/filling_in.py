"""Somebody at the report form, through HTTP: pages are answered as a browser sends them."""

import re
from html import unescape
from typing import Any

from tests.on_a_page import OnAPage

HERE = "/melden"
GIRL: list[dict[str, Any]] = [
    {}, {"gevaar": "nee"}, {"rol": "leerling"}, {"sector": "po"}, {"plek": "geheim"},
    {"onderwerp": "seksueel misbruik"}, {"nader": "onbekend"},
    {"wie": "met taken belast persoon"}, {"om": "ikzelf", "om_leeftijd": "12"},
    {"wanneer": "onbekend"}, {"waar": "op school", "media": "nee", "politie": "nee"},
    {"verhaal": "De meester zat aan mij."}, {"wensen": ["advies"]}, {"afspraak": "geen"}, {},
]  # fmt: skip
TEACHER: list[dict[str, Any]] = [
    {}, {"gevaar": "nee"}, {"rol": "personeel"}, {"sector": "po"}, {"plek": "geheim"},
    {"onderwerp": "seksueel misbruik"}, {"nader": "onbekend"},
    {"wie": "met taken belast persoon"}, {"om": "leerling", "om_leeftijd": "9"}, {},
    {"wanneer": "dag", "dag": "1-9-2025"}, {"waar": "op school", "media": "nee", "politie": "nee"},
    {"verhaal": "Een leerling vertelde mij iets."}, {}, {"afspraak": "geen"}, {},
]  # fmt: skip


class Teller(OnAPage):
    """One visit; `page` is what is on the screen."""

    def __init__(self, language: str = "") -> None:
        super().__init__(HERE, language)
        self.answer = self.client.get(self.address)

    @property
    def title(self) -> str:
        heading = re.search(r"<h1>(.*?)</h1>", self.page, re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "", heading[1])).strip() if heading else ""

    @property
    def receipt(self) -> tuple[str, str] | None:
        """Reference and code, when they are on the page."""
        found = [re.search(rf'id="{name}">([^<]*)<', self.page) for name in ("reference", "code")]
        return (found[0][1], found[1][1]) if all(found) else None

    def send(self, **fields: Any) -> "Teller":
        self.answer = self.client.post(self.address, {"state": self.state, **fields})
        return self

    def tell(self, *pages: dict[str, Any]) -> "Teller":
        """Answer these pages one after another."""
        for fields in pages:
            self.send(ga="verder", **fields)
            assert self.answer.status_code == 200, (fields, self.text)
        return self
