"""Who is in and has unlocked, and a page of the casework that is looked at on each screen."""

import os
from pathlib import Path

from django.test import Client

from tests.browser.test_overview_in_the_browser import findings, widens
from tests.people import log_in
from vertrouwd.accounts.unlock.session_key import COOKIE

SCREENS = (320, 1280)
PICTURES = os.environ.get("VERTROUWD_PICTURES", "")  # a folder, to look at the pages oneself


def unlocked(page, office, address: str, person=None) -> None:
    """The inspector of the office, or this person, is in, with both steps, and has unlocked."""
    client, person = Client(), person or office.inspector
    log_in(client, person)
    office.team.unlock(client, person)
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": address}
         for name in ("login", COOKIE)]
    )  # fmt: skip


def look(page, wrong: dict[str, list[str]], name: str) -> None:
    """Keep what is wrong with the page that is shown, on each screen.

    Where scripts are off (`page.context.scripts`) axe itself waits for ever: then only the width is
    looked at.
    """
    page.wait_for_load_state()  # with its style
    runs = getattr(page.context, "scripts", True)
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong[f"{name} {width}"] = (findings(page) if runs else []) + widens(page)
    shot(page, name if runs else f"{name} without scripts")


def shot(page, name: str) -> None:
    """How it looks on a telephone and on a desk, where somebody asks for pictures."""
    for width in (360, 1280) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(
            path=Path(PICTURES) / f"{name.replace(' ', '-')}-{width}.png", full_page=True
        )
