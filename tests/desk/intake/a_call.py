"""A phone call on the page, for the tests: the answers once, and the form as a browser sends it.

sent = call_on(client, school="Proef"); client.post("/intake", sent | {"do": "store"})
"""

import re
from html import unescape
from typing import Any

from django.http import QueryDict

from vertrouwd.accounts.models import User
from vertrouwd.desk.intake.sheet import new_sheet
from vertrouwd.desk.intake.typed import as_text
from vertrouwd.dossiers.casework_terms import DraftKind
from vertrouwd.dossiers.drafts import save_draft
from vertrouwd.dossiers.models import Draft

STORY = "Hij dreigde bij de fietsenstalling."
ANSWERS: dict[str, Any] = {
    "reporter_role": "ouder",
    "anonymous": "nee",
    "reporter_name": "Mevrouw De Boer",
    "reporter_contact": "06 12345678",
    "institution": "withheld",
    "narrative": STORY,
    "category": "psychisch geweld",
    "subcategory": "psychisch geweld: bedreiging",
    "offence": "onbekend",
    "accused_party": "leerling",
    "affected_role": "leerling",
    "affected_age": "9",
    "incapacitated": "onbekend",
    "dependency": "onbekend",
    "place": "op school",
    "social_media": "nee",
    "police": "nee",
    "wishes": ["advies", "vastleggen"],
    "condition": "geen",
    "consent_call_back": "ja",
    "consent_name_to_board": "nee",
    "consent_story_to_board": "onbekend",
    "consent_refer": "onbekend",
    "found_us": "zoekmachine",
}
HIDDEN = re.compile(r'name="(sheet|saved|window)" value="([^"]*)"')


def sheet_in(response) -> dict[str, str]:
    """What the page carries to be sent back."""
    return {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}


def call_on(client, **changes: Any) -> dict[str, Any]:
    """A fresh page of this client, filled in."""
    return sheet_in(client.get("/intake")) | ANSWERS | changes


def hand_in(client, sent, **more):
    """Press «Leg het gesprek vast»."""
    return client.post("/intake", sent | {"do": "store"} | more)


def keep(client, sent, **more):
    """What the script sends every few seconds."""
    return client.post("/intake/bewaar", sent | more)


def draft_of(user: User) -> Draft:
    """What this person was noting; ask for a team with a key of theirs first."""
    data = QueryDict(mutable=True)
    for name, value in ANSWERS.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    sheet = new_sheet(user)
    return save_draft(
        as_text(data, sheet), record=sheet.record, saved=0, window="", kind=DraftKind.CALL, by=user
    )
