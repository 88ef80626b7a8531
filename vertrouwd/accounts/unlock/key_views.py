"""«Mijn sleutel»: make it, look at it, another passphrase, passkeys that unlock."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.login.steps import is_fresh
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.unlock.attempts import MOMENT, NO_PEPPER, Failed, with_phrase
from vertrouwd.accounts.unlock.keys import (
    Late,
    Retyped,
    add_passkey,
    change_passphrase,
    draft,
    forget_passkey,
    holder_of,
    make_key,
    retyped,
    slots_of,
)
from vertrouwd.accounts.unlock.pages import from_base64url, show, to_base64url, unlocked
from vertrouwd.accounts.unlock.passkeys import passkeys_of
from vertrouwd.accounts.unlock.pepper import PepperMissing
from vertrouwd.accounts.unlock.seals import PRF_BYTES
from vertrouwd.accounts.unlock.session_key import person, secret_of, session_key_of
from vertrouwd.accounts.unlock.state import key_page
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.passphrases import Busy
from vertrouwd.sealing.unreadable import Unreadable

NEW, CHANGE = "nieuw", "wachtzin"  # what a passphrase is made for: a key, or the key one has


@requires(Permission.HANDLE_CASES)
@require_safe
def my_key(request: HttpRequest) -> HttpResponse:
    """Whether there is a key, whether a colleague granted it, and with what it unlocks."""
    return show(request, "unlock_key", **key_page(request))


@requires(Permission.HANDLE_CASES)
@require_POST
@sensitive_variables()
def new_key(request: HttpRequest) -> HttpResponse:
    """Show the passphrase of a new key, once.

    In the place of a key one has, it ends what that was granted: only for who logged in shortly
    ago, so that a page which was left open, and locked, takes nobody's key.
    """
    if holder_of(person(request)) is not None:
        if not is_fresh(request):
            return HttpResponseRedirect("/mijn-account/bevestigen?next=/sleutel")
        if request.POST.get("understood") != "on":
            failed = Failed([gettext("Zet het vinkje als u een nieuwe sleutel wilt.")])
            return show(request, "unlock_key", failed, **key_page(request))
    return _shown_once(request, SecretKey.generate(), NEW)


@requires(Permission.HANDLE_CASES, unlocked=True)
@require_POST
def new_passphrase(request: HttpRequest) -> HttpResponse:
    """Show a new passphrase of the key that is unlocked, once."""
    found = secret_of(request)
    return _shown_once(request, found[0], CHANGE) if found else HttpResponseRedirect("/sleutel")


@requires(Permission.HANDLE_CASES)
@require_POST
@sensitive_post_parameters()
def retype(request: HttpRequest) -> HttpResponse:
    """Store what was made, when its passphrase is typed over."""
    purpose = CHANGE if request.POST.get("purpose") == CHANGE else NEW
    travelling = request.POST.get("travelling", "")[:4000]
    if "phrase" not in request.POST:
        return show(request, "unlock_retype", travelling=travelling, purpose=purpose)
    try:
        made = _retyped(request, travelling)
        return _stored(request, made, purpose)
    except Failed as failed:
        return show(request, "unlock_retype", failed, travelling=travelling, purpose=purpose)
    except (Late, Unreadable):
        messages.warning(
            request, gettext("Dat duurde te lang. Begin opnieuw: u krijgt zes andere woorden.")
        )
        return HttpResponseRedirect("/sleutel")


@requires(Permission.HANDLE_CASES, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def passkey(request: HttpRequest) -> HttpResponse:
    """Let one of the passkeys that one logs in with unlock too."""
    found = secret_of(request)
    if request.method != "POST" or found is None:
        return _passkey_page(request)
    try:
        add_passkey(
            secret=found[0],
            holder=found[1],
            by=person(request),
            credential=from_base64url(request.POST.get("credential", "")),
            salt=from_base64url(request.POST.get("salt", "")),
            prf=from_base64url(request.POST.get("prf", "")),
        )
    except (Unreadable, ValueError):
        return _passkey_page(request, Failed([gettext("Met deze passkey lukt het niet.")]))
    messages.success(request, gettext("Deze passkey ontgrendelt nu uw sleutel."))
    return HttpResponseRedirect("/sleutel")


@requires(Permission.HANDLE_CASES)
@require_POST
def remove_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey unlocks no more; logging in with it goes on."""
    credential = from_base64url(request.POST.get("credential", ""))
    if forget_passkey(by=person(request), credential_id=credential):
        messages.success(request, gettext("Deze passkey ontgrendelt uw sleutel niet meer."))
    return HttpResponseRedirect("/sleutel")


@sensitive_variables()
def _shown_once(request: HttpRequest, secret: SecretKey, purpose: str) -> HttpResponse:
    try:
        made = draft(secret, session_key=session_key_of(request), by=person(request))
    except (Busy, PepperMissing) as reason:
        busy = gettext("Er is het nu druk. Probeer het zo nog eens.")
        failed = Failed([busy if isinstance(reason, Busy) else str(NO_PEPPER)], 503, MOMENT)
        return show(request, "unlock_key", failed, **key_page(request))
    words = made.phrase.split()
    return show(request, "unlock_phrase", words=words, travelling=made.travelling, purpose=purpose)


@sensitive_variables()
def _retyped(request: HttpRequest, travelling: str) -> Retyped:
    """What was typed over. Raises Failed, Late."""
    session_key, by = session_key_of(request), person(request)
    return with_phrase(
        request,
        "phrase",
        lambda phrase: retyped(travelling, phrase, session_key=session_key, by=by),
        action="make_key",
    )


def _stored(request: HttpRequest, made: Retyped, purpose: str) -> HttpResponse:
    if purpose == NEW:
        holder = make_key(made=made, by=person(request))
        messages.success(request, gettext("Uw sleutel is gemaakt."))
        return unlocked(
            HttpResponseRedirect("/sleutel"), request, secret=made.secret, holder=holder
        )
    now = holder_of(person(request))
    if now is None:
        raise Late
    change_passphrase(holder=now, made=made, by=person(request))
    messages.success(
        request, gettext("Uw nieuwe wachtzin geldt vanaf nu. De oude werkt niet meer.")
    )
    return HttpResponseRedirect("/sleutel")


def _passkey_page(request: HttpRequest, failed: Failed | None = None) -> HttpResponse:
    have = {bytes(slot.credential) for slot in slots_of(person(request))}
    salt = to_base64url(secrets.token_bytes(PRF_BYTES))
    options = [
        {"id": to_base64url(credential), "salt": salt, "name": name}
        for credential, name in passkeys_of(person(request)).items()
        if credential not in have
    ]
    return show(request, "unlock_passkey", failed, passkeys=options, salt=salt)
