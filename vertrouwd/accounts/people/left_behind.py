"""What stays on the name of who leaves, said by the chapters that know it.

The accounts know no dossier. A chapter adds a function of its own when it is ready:
ASKED.append(said), which gives for a person sentences to show, none when nothing stays.
"""

from collections.abc import Callable

from vertrouwd.accounts.models import User

ASKED: list[Callable[[User], list[str]]] = []


def left_behind(person: User) -> list[str]:
    """The sentences of all of them."""
    return [sentence for said in ASKED for sentence in said(person)]
