"""Find an institution that no register holds, or that was invented, by a mistyped name.

There are few of them beside the register, so each is compared, word by word.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from vertrouwd.schools.models import Institution
from vertrouwd.schools.spelling import compared_words

LEAST = 72.0  # how much the words of the question are found, on average, 0-100
MOST = 100.0


def find_others(text: str, *, limit: int) -> list[Institution]:
    """Those that the text may mean, best first; a code finds its own."""
    words = compared_words(text)
    if not words:
        return []
    scored = []
    for pk, code, name, town in _others().values_list("pk", "code", "name", "town"):
        score = _likeness(words, code=code, name=name, town=town)
        if score >= LEAST:
            scored.append((-score, name, pk))
    best = [pk for _, _, pk in sorted(scored)[:limit]]
    rows = _others().in_bulk(best)
    return [rows[pk] for pk in best]


def is_like(text: str, found: Institution) -> bool:
    """Whether the text is much like the name, town or code that it has now.

    Of what the register finds, a former name or another location can be the reason.
    """
    return _likeness_of(text, found) >= LEAST


def is_spelled_in(text: str, found: Institution) -> bool:
    """Whether each word of the text stands in the name, town or code that it has now."""
    return _likeness_of(text, found) == MOST


def _likeness_of(text: str, found: Institution) -> float:
    words = compared_words(text)
    if not words:
        return 0
    return _likeness(words, code=found.code, name=found.name, town=found.town)


def _likeness(words: Sequence[str], *, code: str | None, name: str, town: str) -> float:
    known = [*compared_words(f"{name} {town}"), (code or "").casefold()]
    return sum(max(fuzz.ratio(word, each) for each in known) for word in words) / len(words)


def _others() -> QuerySet[Institution]:
    return Institution.objects.filter(Q(is_invented=True) | Q(code__isnull=True))
