"""Hand an e-mail to the mail server of the organisation, or to a folder; nothing else is told.

The host name of this machine is in neither the message nor the greeting: only the domain that the
e-mails come from. Settings: docs/operate.md.
"""

import smtplib
from collections.abc import Callable
from email.utils import make_msgid, parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.filebased import EmailBackend as Files
from django.core.mail.backends.smtp import EmailBackend as Smtp

from vertrouwd.notices.terms import MailRoad
from vertrouwd.notices.words import Letter


def road() -> MailRoad:
    """Where e-mails go here."""
    return MailRoad(settings.VERTROUWD_MAIL)


def is_on() -> bool:
    """Whether anything is sent at all."""
    return road() is not MailRoad.OFF


def send(letter: Letter, *, to: str) -> None:
    """Hand it over. Raises OSError, smtplib.SMTPException; what they say may name the address."""
    sender = settings.VERTROUWD_MAIL_FROM
    message = EmailMessage(
        letter.subject,
        letter.text,
        from_email=sender,
        to=[to],
        headers={
            "Message-ID": make_msgid(domain=_domain(sender)),
            "Auto-Submitted": "auto-generated",  # no out-of-office answers to it
        },
        connection=_connection(),
    )
    message.send(fail_silently=False)


class FromTheDomain(Smtp):
    """Greets the mail server with the domain of the sender, not with the name of this machine."""

    @property
    def connection_class(self) -> Callable[..., Any]:  # type: ignore[override]
        kind = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP
        return partial(_greeting, kind, _domain(settings.VERTROUWD_MAIL_FROM))


def _greeting(kind: Callable[..., Any], domain: str, *args: Any, **more: Any) -> Any:
    return kind(*args, **more | {"local_hostname": domain})


def _connection() -> BaseEmailBackend:
    if road() is MailRoad.FILES:
        return Files(file_path=settings.EMAIL_FILE_PATH)
    return FromTheDomain(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        username=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_TLS,
        use_ssl=settings.EMAIL_USE_SSL,
        timeout=settings.EMAIL_TIMEOUT,
    )


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]
