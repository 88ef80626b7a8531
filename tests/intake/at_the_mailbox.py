"""A reporter at the mailbox, through HTTP, as a browser does it."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.on_a_page import OnAPage, in_one_line
from vertrouwd.intake.receiving import Receipt

HERE = "/postvak"


def wait(monkeypatch: Any, minutes: float) -> None:
    """It is later."""
    later = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: later)


class AtTheMailbox(OnAPage):
    """One browser; `answer` is what it shows, redirects followed."""

    def __init__(self, language: str = "") -> None:
        super().__init__(HERE, language)
        self.look()

    def look(self) -> "AtTheMailbox":
        self.answer = self.client.get(self.address)
        return self

    def opens(self, receipt: Receipt) -> "AtTheMailbox":
        return self.tries(receipt.reference, receipt.code)

    def tries(self, reference: str, code: str) -> "AtTheMailbox":
        return self.press("open", reference=reference, code=code)

    def press(self, button: str, **fields: str) -> "AtTheMailbox":
        """With the hidden state of the page, if it has any."""
        state = {"state": self.state} if self.state else {}
        return self.sends({**state, "ga": button, **fields})

    def sends(self, fields: dict) -> "AtTheMailbox":
        self.answer = self.client.post(self.address, fields, follow=True)
        return self

    @property
    def thread(self) -> str:
        """What stands in the thread; empty when nothing is open."""
        found = re.search(r'id="thread">(.*?)</ol>', self.page, re.DOTALL)
        return in_one_line(found[1]) if found else ""

    @property
    def buttons(self) -> set[str]:
        return set(re.findall(r'name="ga" value="([^"]*)"', self.page))

    @property
    def is_open(self) -> bool:
        return 'id="thread"' in self.page
