"""Where the forms of the public door go; an address says nothing but a language."""

from typing import Any

from django.utils.translation import get_language

MAILBOX = "/postvak"


def around(address: str) -> dict[str, Any]:
    """`here` is where the form of the page goes, `in_other_language` where its language button."""
    english = get_language() == "en"
    asked = f"{address}?taal=en"
    return {
        "here": asked if english else address,
        "in_other_language": address if english else asked,
        "other_code": "nl" if english else "en",
    }
