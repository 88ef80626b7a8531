"""What stays on the name of somebody who leaves, in words: numbers, and where it is handed over."""

from django.utils.translation import gettext, ngettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.remaining import remaining_with


def said(person: User) -> list[str]:
    """For who keeps the accounts, or revokes a key; nothing when nothing stays."""
    stays = remaining_with(person)
    if not stays:
        return []
    parts = [
        ngettext("%(n)s dossier", "%(n)s dossiers", stays.dossiers) % {"n": stays.dossiers},
        ngettext("%(n)s taak", "%(n)s taken", stays.tasks) % {"n": stays.tasks},
        ngettext("%(n)s klad", "%(n)s kladden", stays.drafts) % {"n": stays.drafts},
        ngettext("%(n)s dag dienst", "%(n)s dagen dienst", stays.duty_days)
        % {"n": stays.duty_days},
    ]
    counts = (stays.dossiers, stays.tasks, stays.drafts, stays.duty_days)
    named = ", ".join(part for part, n in zip(parts, counts, strict=True) if n)
    sentences = [gettext("Op deze naam staat nog: %(what)s.") % {"what": named}]
    if stays.dossiers or stays.tasks:
        sentences.append(
            gettext("Wie het werk verdeelt draagt de dossiers en taken over: Verdelen, Overdragen.")
        )
    if stays.drafts:
        sentences.append(
            gettext("Een klad kan niemand anders lezen. Het verdwijnt na twee weken vanzelf.")
        )
    if stays.duty_days:
        sentences.append(gettext("Zet in het rooster een ander op die dagen."))
    return sentences
