"""An inspector unlocks for one command: user name, then the passphrase."""

from django.core.management.base import CommandError

from vertrouwd.accounts.asking import ask
from vertrouwd.accounts.models import User
from vertrouwd.accounts.unlock.keys import holder_of, open_with_phrase
from vertrouwd.accounts.unlock.pepper import PepperMissing
from vertrouwd.audit.record import refuse
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.passphrases import Busy
from vertrouwd.sealing.unreadable import Unreadable

WRONG = "This user name and passphrase do not open a key."


def unlock_at_terminal(username: str | None) -> tuple[User, Opened]:
    """Who acts, and what that person opens; what is not given is asked.

    Raises CommandError; it does not say whether the name or the passphrase was wrong.
    """
    name = username or ask("User name of the inspector who does this")
    phrase = ask(f"Passphrase of {name}", secret=True)
    user = User.objects.filter(username=name, is_active=True).first()
    holder = holder_of(user) if user else None
    if user is None or holder is None:
        raise CommandError(WRONG, returncode=1)
    try:
        return user, Opened(open_with_phrase(phrase, by=user), holder)
    except Unreadable:
        refuse(by=user, action="unlock", kind="key", reason="wrong_passphrase")
        raise CommandError(WRONG, returncode=1) from None
    except (Busy, PepperMissing) as reason:
        raise CommandError(str(reason) or "This cannot be tried now.", returncode=1) from None


def user_called(username: str) -> User:
    """The person of that name. Raises CommandError."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is nobody with the user name '{username}'.", returncode=2)
    return user
