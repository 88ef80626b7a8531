"""The only door to a file: who may open the dossier of its report may open it, and nobody else.

Missing and forbidden give the same answer, after the same questions to the database.
"""

import re
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from vertrouwd.accounts.models import User
from vertrouwd.attachments.models import Attachment
from vertrouwd.audit.record import look, refuse
from vertrouwd.dossiers.access import visible_dossiers

REFERENCE = re.compile(r"B-([0-9]{7,15})")


def access_file(
    reference: str, *, by: User, page: int | None = None, now: datetime | None = None
) -> Attachment:
    """Return the file, with its report and dossier, and record the look, at `page` if told."""
    match = REFERENCE.fullmatch(reference)
    found = visible_files(by, now=now).filter(pk=int(match[1]) if match else 0).first()
    if found is None or found.reference != reference:
        refuse(by=by, action="look", kind="file", object=reference if match else "")
        raise Http404
    look(by=by, kind="file", object=found.reference, detail={"page": page} if page else None)
    return found


def visible_files(by: User, *, now: datetime | None = None) -> QuerySet[Attachment]:
    """The files this person may open now."""
    dossiers = visible_dossiers(by, holding_reports=True, now=now)
    rows = Attachment.objects.filter(report__dossier__in=dossiers.order_by().values("pk"))
    return rows.select_related("report__dossier", "data_key__team_key")
