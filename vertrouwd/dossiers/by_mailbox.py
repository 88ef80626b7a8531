"""A dossier by the number that its reporter was given, and says on the telephone."""

from datetime import datetime

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import refuse
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.models import Dossier


def dossier_of_reporter(mailbox: str, *, by: User, now: datetime | None = None) -> Dossier | None:
    """The dossier that holds this report now, when this person may open it.

    None is written down as a refusal, without the number: one that nobody was given and one of a
    dossier that is not for this person are the same. `mailbox`: as it is stored, V-7K3-M9Q-TXK.
    """
    seen = visible_dossiers(by, holding_reports=True, with_way=False, now=now)
    found = seen.filter(reports__mailbox=mailbox).first()
    if found is None:
        refuse(by=by, action="look", kind="dossier", object="")
    return found
