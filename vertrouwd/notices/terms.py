"""Words of the e-mails to who works here."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What an e-mail says; there are no others."""

    READY = "er staat iets klaar"  # something came in for somebody
    DIGEST = "termijnen"  # how much is due today, and how much is late


class MailRoad(StrEnum):
    """Where e-mails go, as the settings say."""

    SMTP = "smtp"
    FILES = "bestanden"  # a folder, for a demonstration
    OFF = "uit"
