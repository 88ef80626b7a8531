"""Files that came in and that nobody has looked at yet."""

from django.db.models import QuerySet

from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.terms import Cleaning


def unseen_files() -> QuerySet[Attachment]:
    """Those that nobody opened. Read without regard to who may open them."""
    return Attachment.objects.filter(cleaning=Cleaning.WAITING).order_by()
