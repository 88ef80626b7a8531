"""Adding files in the mailbox; whatever is wrong with one of them, none is kept."""

from django.http import HttpResponse
from django.utils.translation import gettext

from vertrouwd.attachments.not_taken import FileTooLarge, NotTaken, TooManyFiles
from vertrouwd.attachments.uploading import FILE_AT_MOST, FILES_AT_MOST, files_of
from vertrouwd.intake.mailbox import add_files
from vertrouwd.intake.postvak.visit import Visit, after, renewed, shown

LARGEST_MB = FILE_AT_MOST // (1000 * 1000)


def ask_files(visit: Visit) -> HttpResponse:
    """The page on which they are chosen."""
    return _page(renewed(visit))


def add(visit: Visit) -> HttpResponse:
    """Those that were chosen. Raises as `add_files`."""
    try:
        files = files_of(visit.request)
    except NotTaken as why:
        return _page(visit, wrong=_said(why))
    if not files:
        return _page(visit, wrong=gettext("Kies eerst een bestand."))
    add_files(visit.mailbox, files, token=bytes.fromhex(visit.carried.nonce), now=visit.now)
    return after(visit, "bestanden")


def _page(visit: Visit, *, wrong: str = "") -> HttpResponse:
    page = {"wrong": wrong, "at_most": FILES_AT_MOST, "largest": LARGEST_MB}
    return shown(visit, "files", page, status=400 if wrong else 200)


def _said(why: NotTaken) -> str:
    """Not the name of the file: it may say more than whoever stands beside the reporter knows."""
    if isinstance(why, TooManyFiles):
        return gettext("Dat zijn te veel bestanden. Kies er hoogstens %(n)d tegelijk.") % {
            "n": FILES_AT_MOST
        }
    if isinstance(why, FileTooLarge):
        return gettext("Een van de bestanden is te groot. Hoogstens %(n)d MB mag.") % {
            "n": LARGEST_MB
        }
    return gettext("Je bestanden zijn niet aangekomen. Probeer het over een paar minuten nog eens.")
