"""A password of twelve characters that everybody would try: one common word with trimmings.

Django's list of 20,000 leaked passwords holds few that are long enough to matter here, and little
Dutch. So what is left without digits and signs is compared, once and repeated.
"""

import re
from pathlib import Path

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from vertrouwd.accounts.models import User

# Words of this house and of Dutch offices, with which guessing would begin.
WORDS = frozenset(Path(__file__).with_name("common_words.txt").read_text().split())
SIGNS = str.maketrans("0134578@$!|", "oleastbasil")
FEWEST_LETTERS = 5  # different ones


def is_guessable(password: str, common: frozenset[str] | set[str] = frozenset()) -> bool:
    """Whether it is one common word, once or repeated, with digits and signs around it or in it."""
    low = password.lower()
    if len(set(low)) < FEWEST_LETTERS:
        return True
    without_tail = re.sub(r"[^a-z]+$", "", low)
    for spelled in (low, low.translate(SIGNS), without_tail.translate(SIGNS)):
        letters = re.sub(r"[^a-z]", "", spelled)
        once = re.sub(r"^(.+?)\1+$", r"\1", letters)
        if not once or once in WORDS or once in common:
            return True
    return False


class LongEnough(MinimumLengthValidator):
    """Said in the language of the page: Django has no Dutch for it."""

    def get_error_message(self) -> str:
        return gettext("Dit wachtwoord is te kort. Kies ten minste %(count)s tekens.") % {
            "count": self.min_length
        }


class UnlikeTheName(UserAttributeSimilarityValidator):
    """Said without the names of columns."""

    def get_error_message(self) -> str:
        return gettext("Dit wachtwoord lijkt te veel op uw naam of gebruikersnaam.")


class NotGuessable:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: User | None = None) -> None:
        if is_guessable(password, CommonPasswordValidator().passwords):
            raise ValidationError(gettext("Dit wachtwoord is te makkelijk te raden."))

    def get_help_text(self) -> str:
        return gettext("Niet één bekend woord met cijfers of tekens eromheen.")
