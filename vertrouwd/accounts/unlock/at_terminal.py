"""An inspector unlocks for one command: user name, then the passphrase."""

from django.core.management.base import CommandError

from vertrouwd.accounts.asking import ask
from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.unlock.granting import OtherFingerprint
from vertrouwd.accounts.unlock.keys import holder_of, open_with_phrase
from vertrouwd.accounts.unlock.pepper import PepperMissing
from vertrouwd.audit.record import refuse
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.passphrases import Busy, normalise, unknown_words
from vertrouwd.sealing.shares import WrongShare
from vertrouwd.sealing.unreadable import Unreadable

WRONG = "This user name and passphrase do not open a key."


def unlock_at_terminal(username: str | None) -> tuple[User, Opened]:
    """Who acts, and what that person opens; what is not given is asked.

    Raises CommandError: exit code 2 when they do not open a key, without saying which was wrong; 1
    when that person may open no cases any more.
    """
    name = username or ask("User name of the inspector who does this")
    phrase = ask(f"Passphrase of {name}", secret=True)
    user = User.objects.filter(username=name, is_active=True).first()
    holder = holder_of(user) if user else None
    if user is None or holder is None:
        raise CommandError(_wrong(phrase), returncode=2)
    try:
        opened = Opened(open_with_phrase(phrase, by=user), holder)
    except Unreadable:
        refuse(by=user, action="unlock", kind="key", reason="wrong_passphrase")
        raise CommandError(_wrong(phrase), returncode=2) from None
    except (Busy, PepperMissing) as reason:
        raise CommandError(str(reason) or "This cannot be tried now.", returncode=1) from None
    if not user.may(Permission.HANDLE_CASES):
        refuse(by=user, action="unlock", kind="key", reason="no_permission")
        raise CommandError(f"{name} has no role that opens cases.", returncode=1)
    return user, opened


def refusal(reason: Exception) -> CommandError:
    """How a command ends: with 2 when something was typed wrong, with 1 when it cannot be done."""
    was_typed = isinstance(reason, WrongShare | OtherFingerprint)
    return CommandError(str(reason), returncode=2 if was_typed else 1)


def _wrong(phrase: str) -> str:
    """By its place, a word that nobody's passphrase holds: that tells about no passphrase."""
    typed, unknown = normalise(phrase).split(), unknown_words(phrase)
    places = ", ".join(str(at) for at, word in enumerate(typed, 1) if word in unknown)
    return f"{WRONG} Not in the list of words: number {places}." if places else WRONG


def user_called(username: str) -> User:
    """The person of that name. Raises CommandError."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is nobody with the user name '{username}'.", returncode=2)
    return user
