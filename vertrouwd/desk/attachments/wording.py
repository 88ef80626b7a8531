"""What the pages say of a file: what it is, and why there is no clean copy."""

from django.utils.translation import gettext

from vertrouwd.attachments.cleaning.made import Reason


def kind_of(type_: str) -> str:
    """The kind of file in words, by the type of its content."""
    kinds = {
        "image/": gettext("Afbeelding"),
        "audio/": gettext("Geluid"),
        "video/": gettext("Film"),
        "text/": gettext("Tekst"),
        "message/": gettext("E-mail"),
        "application/pdf": gettext("PDF"),
        "application/zip": gettext("Office-bestand of archief"),
        "application/x-ole-storage": gettext("Ouder Office-bestand"),
    }
    found = (words for begin, words in kinds.items() if type_.startswith(begin))
    return next(found, gettext("Onbekend"))


def why_not(reason: Reason) -> str:
    """Why there is no clean copy, in a sentence."""
    return {
        Reason.UNKNOWN: gettext(
            "Van dit soort bestand kan deze site geen schone kopie maken. Dat geldt voor geluid, "
            "film, archieven en oudere Office-bestanden."
        ),
        Reason.LOCKED: gettext("Dit bestand zit achter een wachtwoord."),
        Reason.BROKEN: gettext("Dit bestand is beschadigd, of het is niet wat het lijkt."),
        Reason.TOO_LARGE: gettext("Dit bestand is te groot om er een schone kopie van te maken."),
        Reason.TOO_SLOW: gettext("Het lezen van dit bestand duurde te lang."),
        Reason.CRASHED: gettext("Het lezen van dit bestand liep vast."),
    }[reason]
