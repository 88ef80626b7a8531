"""People with a key, for the tests: made as the page «Mijn sleutel» makes one.

inspector = make_holder(make_user(roles=[Role.INSPECTOR]))
unlock(client, inspector)
"""

import re
from dataclasses import dataclass

from vertrouwd.accounts.models import User
from vertrouwd.accounts.unlock.keys import draft, make_key, retyped
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey

SESSION = "a session of the tests"


@dataclass
class Held:
    """Somebody, their key, and the passphrase on their paper."""

    user: User
    holder: HolderKey
    secret: SecretKey
    phrase: str


def make_holder(user: User) -> Held:
    """Give this person a key with a passphrase."""
    secret = SecretKey.generate()
    made = draft(secret, session_key=SESSION, by=user)
    typed = retyped(made.travelling, made.phrase, session_key=SESSION, by=user)
    return Held(user, make_key(made=typed, by=user), secret, made.phrase)


def unlock(client, held: Held) -> str:
    """Unlock the session of this client over HTTP; the value of the cookie."""
    response = client.post("/ontgrendelen", {"phrase": held.phrase})
    assert response.status_code == 302, response.content.decode()
    return response.cookies["unlock"].value


def words_on(response) -> str:
    """The passphrase that a page shows, once."""
    found = re.search(r'<ol class="words"[^>]*>(.*?)</ol>', response.content.decode(), re.S)
    return " ".join(re.findall(r"<li>(.*?)</li>", found[1]))


def hidden(response, name: str) -> str:
    """The value of a hidden field."""
    page = response.content.decode()
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]
