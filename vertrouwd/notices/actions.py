"""Choose one's own e-mails; ask for one; send it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import record
from vertrouwd.dossiers.refused import Refused
from vertrouwd.notices import mail, waiting, words
from vertrouwd.notices.models import Notice, NoticeChoice
from vertrouwd.notices.terms import NoticeKind

LANGUAGE = "nl"  # which language somebody reads is known in a browser only


@transaction.atomic
def choose_notices(
    *, address: str, ready: bool, digest: bool, by: User, now: datetime | None = None
) -> NoticeChoice:
    """Where `by` gets e-mails, and which; both off is off. Raises Refused without an address."""
    address = address.strip()
    if (ready or digest) and not address:
        raise Refused(gettext("Vul uw e-mailadres van het werk in, of zet beide uit."))
    now = now or timezone.now()
    choice, _ = NoticeChoice.objects.update_or_create(
        user=by,
        defaults={"address": address, "ready": ready, "digest": digest, "changed_at": now},
    )
    detail = {"ready": ready, "digest": digest}
    record(by=by, action="choose_notices", kind="account", object=by.username, detail=detail)
    return choice


def choice_of(person: User) -> NoticeChoice | None:
    """What somebody chose; None: nothing yet, so nothing is sent."""
    return NoticeChoice.objects.filter(user=person).first()


def plan_ready(*, now: datetime) -> list[Notice]:
    """A notice for each who wants one, had none today, and for whom something came in since."""
    found = []
    for choice in _wanting(ready=True):
        last = Notice.objects.filter(user=choice.user, kind=NoticeKind.READY).last()
        since = max(choice.changed_at, last.asked_at) if last else choice.changed_at
        if waiting.anything_new(choice.user, since=since, now=now):
            found += _asked(choice.user, NoticeKind.READY, now=now)
    return found


def plan_digests(*, now: datetime) -> list[Notice]:
    """A notice for each who wants one and has something due today or late."""
    found = []
    for choice in _wanting(digest=True):
        if waiting.due(choice.user, now=now):
            found += _asked(choice.user, NoticeKind.DIGEST, now=now)
    return found


def send_notice(number: int, *, now: datetime) -> bool:
    """Send it unless it was sent, or is no longer wanted; whether it was sent now.

    Sent twice only when this process dies between the mail server and the database.
    """
    notice = Notice.objects.select_related("user").filter(pk=number, sent_at__isnull=True).first()
    if notice is None or not mail.is_on():
        return False
    choice = choice_of(notice.user)
    if choice is None or not _wants(choice, NoticeKind(notice.kind)):
        return False
    if not notice.user.may(Permission.HANDLE_CASES):  # has left, or has other work
        return False
    with translation.override(LANGUAGE):
        if notice.kind == NoticeKind.READY:
            letter = words.ready()
        else:
            letter = words.digest(waiting.due(notice.user, now=now))
    mail.send(letter, to=choice.address)
    Notice.objects.filter(pk=number).update(sent_at=now)
    return True


def _wants(choice: NoticeChoice, kind: NoticeKind) -> bool:
    return choice.ready if kind is NoticeKind.READY else choice.digest


def _wanting(**kinds: bool) -> list[NoticeChoice]:
    rows = NoticeChoice.objects.filter(**kinds).exclude(address="").select_related("user")
    return [choice for choice in rows if choice.user.may(Permission.HANDLE_CASES)]


def _asked(person: User, kind: NoticeKind, *, now: datetime) -> list[Notice]:
    """One of this kind today, however often this is asked."""
    notice, is_new = Notice.objects.get_or_create(
        user=person, kind=kind, on=timezone.localdate(now), defaults={"asked_at": now}
    )
    return [notice] if is_new else []
