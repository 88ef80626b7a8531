"""A password of twelve characters that everybody would try: one common word with trimmings.

Django's list of 20,000 leaked passwords holds few that are long enough to matter here, and little
Dutch. So what is left without digits and signs is compared, once and repeated.
"""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from vertrouwd.accounts.models import User

# Words of this house and of Dutch offices, with which guessing would begin.
WORDS = frozenset(
    """
wachtwoord welkom geheim geheimwoord inloggen beheerder beheer admin administrator systeem
inspectie inspecteur onderwijs onderwijsinspectie vertrouwd vertrouwen vertrouwensinspecteur
vertrouwenspersoon melding meldingen overheid rijksoverheid ministerie utrecht amsterdam rotterdam
nederland holland school leerling qwertyuiop qwertyuiopasdf asdfghjkl zxcvbnm
lente zomer herfst winter januari februari maart april mei juni juli augustus september oktober
november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
""".split()
)
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


class NotGuessable:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: User | None = None) -> None:
        if is_guessable(password, CommonPasswordValidator().passwords):
            raise ValidationError(gettext("Dit wachtwoord is te makkelijk te raden."))

    def get_help_text(self) -> str:
        return gettext("Niet één bekend woord met cijfers of tekens eromheen.")
