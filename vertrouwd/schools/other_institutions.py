"""Find an institution that no register holds, or that was invented, by a mistyped name.

There are few of them beside the register, so each is compared, word by word.
"""

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from vertrouwd.schools.models import Institution
from vertrouwd.schools.spelling import compared_words

LEAST = 72.0  # how much the words of the question are found, on average, 0-100


def find_others(text: str, *, limit: int) -> list[Institution]:
    """Those that the text may mean, best first; a code finds its own."""
    words = compared_words(text)
    if not words:
        return []
    scored = []
    for pk, code, name, town in _others().values_list("pk", "code", "name", "town"):
        known = [*compared_words(f"{name} {town}"), (code or "").casefold()]
        found = sum(max(fuzz.ratio(word, each) for each in known) for word in words)
        if (score := found / len(words)) >= LEAST:
            scored.append((-score, name, pk))
    best = [pk for _, _, pk in sorted(scored)[:limit]]
    rows = _others().select_related("board").in_bulk(best)
    return [rows[pk] for pk in best]


def _others() -> QuerySet[Institution]:
    return Institution.objects.filter(Q(is_invented=True) | Q(code__isnull=True))
