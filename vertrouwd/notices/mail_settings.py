"""Where e-mails go, as VERTROUWD_MAIL_HOST and the settings beside it say; knows no Django."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr

from vertrouwd.notices.terms import MailRoad
from vertrouwd.secret_file import read_secret

PORTS = {"starttls": 587, "tls": 465, "no": 25}
NOBODY = "geen-antwoord@localhost"


@dataclass(frozen=True)
class MailSettings:
    """A mail server, a folder or nothing, and from whom the e-mails come."""

    road: MailRoad
    sender: str = NOBODY
    host: str = ""
    port: int = 25
    tls: str = "no"
    user: str = ""
    password: str = field(default="", repr=False)
    domains: tuple[str, ...] = ()  # of the addresses that may be chosen; empty: any


def mail_settings(
    environment: Mapping[str, str] = os.environ, *, is_demonstration: bool
) -> MailSettings:
    """Raises ValueError with what is missing or cannot be."""
    domains = tuple(
        domain.strip().lower()
        for domain in environment.get("VERTROUWD_MAIL_DOMAINS", "").split(",")
        if domain.strip()
    )
    server = environment.get("VERTROUWD_MAIL_HOST", "")
    if not server:
        road = MailRoad.FILES if is_demonstration else MailRoad.OFF
        return MailSettings(road, domains=domains)
    sender = environment.get("VERTROUWD_MAIL_FROM", "")
    if "@" not in parseaddr(sender)[1]:
        raise ValueError("VERTROUWD_MAIL_HOST is set; VERTROUWD_MAIL_FROM is no e-mail address.")
    tls = environment.get("VERTROUWD_MAIL_TLS", "") or "starttls"
    if tls not in PORTS:
        raise ValueError(f"VERTROUWD_MAIL_TLS is '{tls}'. Possible: {', '.join(PORTS)}.")
    host, _, port = server.partition(":")
    if port and not port.isdigit():
        raise ValueError("VERTROUWD_MAIL_HOST is written as mail.example.nl:587.")
    file = environment.get("VERTROUWD_MAIL_PASSWORD_FILE", "")
    return MailSettings(
        road=MailRoad.SMTP,
        sender=sender,
        host=host,
        port=int(port) if port else PORTS[tls],
        tls=tls,
        user=environment.get("VERTROUWD_MAIL_USER", ""),
        password=read_secret(file, setting="VERTROUWD_MAIL_PASSWORD_FILE") if file else "",
        domains=domains,
    )
