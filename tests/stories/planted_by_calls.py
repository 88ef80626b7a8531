"""Canaries in what is typed while somebody calls."""

import re
from html import unescape

from tests.desk.intake.a_call import ANSWERS, HIDDEN
from tests.stories.canaries import CANARIES as C
from tests.stories.sites import Sites, found
from tests.stories.visitor import Answer, Visitor

ASKED_IN = re.compile(r'name="asked_in" value="([^"]*)"')
TOLD = {
    "narrative": C["story of a caller"],
    "reporter_name": C["name of a caller"],
    "reporter_contact": C["number of a caller"],
    "school": C["searched school"],
}


def a_call(sites: Sites) -> str:
    """Typed, kept, kept after the session ended, asked about, answered, refused and recorded: who
    noted it reads it in the dossier."""
    inspector, coordinator = sites.casework("inspector", 3), sites.casework("coordinator", 3)
    page = inspector.get("/intake")
    few = {name: value for name, value in ANSWERS.items() if isinstance(value, str)}
    form = few | _sheet(page) | TOLD
    kept = inspector.post("/intake/bewaar", form)
    assert '"kept"' in kept.body, kept.text
    stranger = sites.casework()
    ended = stranger.post("/intake", form | {"saved": "1", "do": "store"})
    assert "Uw klad is bewaard" in ended.text
    for part in ("scholen", "naast"):
        assert inspector.post(f"/intake/{part}", form).status == 200
    _ask(sites, inspector, coordinator, form | {"asked_in": ASKED_IN.search(page.body)[1]})
    assert inspector.post("/intake", form | {"do": "store", "affected_age": "veel"}).status == 400
    noted = inspector.post("/intake", form | {"do": "store"})
    reference = re.search(r"D-\d{7}", noted.body)[0]
    return found(inspector.get(f"/dossiers/{reference}"), "story of a caller", "name of a caller")


def _ask(sites: Sites, inspector: Visitor, coordinator: Visitor, form: dict[str, str]) -> None:
    who = str(sites.house.people["coordinator"]["pk"])
    on_duty = sites.casework("coordinator", 3)
    assert on_duty.post(f"/rooster/{_today()}", {"people": who}).status == 302
    about = {"question": C["question to a colleague"], "colleague": who}
    assert inspector.post("/intake/mening", form | about).status == 200
    waiting = coordinator.get("/mening")
    assert found(waiting, "question to a colleague"), waiting.text
    number = re.search(r'name="number" value="(\d+)"', waiting.body)[1]
    answer = {"number": number, "answer": C["answer of a colleague"]}
    assert coordinator.post("/mening", answer).status == 302
    assert found(inspector.post("/intake/mening", form), "answer of a colleague")


def _sheet(page: Answer) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page.body)}


def _today() -> str:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return f"{datetime.now(ZoneInfo('Europe/Amsterdam')):%Y-%m-%d}"
