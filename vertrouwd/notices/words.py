"""What an e-mail says: that something is there, or how much is due. Nothing of a case, ever."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from vertrouwd.notices.waiting import DueCounts


@dataclass(frozen=True)
class Letter:
    """The subject and the text of an e-mail."""

    subject: str
    text: str


def ready() -> Letter:
    """Something came in; neither what, nor from whom, nor when."""
    subject = gettext("Er staat iets voor u klaar")
    return _letter(subject, gettext("Er staat iets voor u klaar op uw werk."))


def digest(found: DueCounts) -> Letter:
    """How much is due, in two numbers."""
    today = ngettext(
        "Vandaag moet er %(n)s ding af.", "Vandaag moeten er %(n)s dingen af.", found.today
    ) % {"n": found.today}
    late = ngettext("%(n)s ding is te laat.", "%(n)s dingen zijn te laat.", found.late) % {
        "n": found.late
    }
    return _letter(gettext("Wat er vandaag af moet"), f"{today}\n{late}")


def _letter(subject: str, said: str) -> Letter:
    rest = gettext(
        "Log in zoals u altijd doet. In deze e-mail staat met opzet geen link en geen inhoud.\n"
        "Wilt u deze e-mails niet? Zet ze uit bij «Mijn account»."
    )
    return Letter(subject, f"{said}\n\n{rest}\n")
