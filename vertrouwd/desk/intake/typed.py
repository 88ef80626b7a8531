"""What was typed on the sheet, as a text to be sealed in a draft, and back."""

import json
from datetime import datetime

from django.http import QueryDict

from vertrouwd.accounts.models import User
from vertrouwd.desk.intake.forms import CONSENTS, CallForm
from vertrouwd.desk.intake.sheet import Sheet

FIELDS = frozenset(CallForm.base_fields) | CONSENTS.keys()


def as_text(data: QueryDict, sheet: Sheet) -> str:
    """The answers, with the sheet they stand on: continued, it is still the same form."""
    answers = {name: data.getlist(name) for name in data if name in FIELDS}
    began = sheet.began_at.isoformat()
    return json.dumps({"token": sheet.token.hex(), "began_at": began, "answers": answers})


def from_text(text: str, *, by: User) -> tuple[QueryDict, Sheet]:
    """The answers and the sheet of a draft of this person."""
    kept = json.loads(text)
    data = QueryDict(mutable=True)
    for name, values in kept["answers"].items():
        data.setlist(name, values)
    began = datetime.fromisoformat(kept["began_at"])
    return data, Sheet(by.pk, bytes.fromhex(kept["token"]), began)


def is_blank(data: QueryDict) -> bool:
    """Whether nothing was typed yet: then there is nothing to keep."""
    texts = ("narrative", "reporter_name", "reporter_contact", "school", "institution", "question")
    return not any(data.get(name, "").strip() for name in (*texts, "category", "reporter_role"))
