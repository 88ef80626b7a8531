"""Search in the sealed texts of the dossiers one may see, opened in memory for this request alone.

There is no index of words: it would say what is sealed. So each search opens the texts again, the
newest dossiers first, until it has looked at all of them or its time is up; then it says how far it
came, and goes on from there when asked. Nothing of it stays: no word of it is in an address, the
session, the log or the database.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from vertrouwd.desk.worklist.keyset import Place, by_moment, slice_of
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

PURPOSES = (Purpose.THREAD, Purpose.IDENTITY, Purpose.NOTES, Purpose.DOSSIER)
AT_ONCE = 50  # dossiers whose texts are read together
MOST_DOSSIERS = 2_000
MOST_SECONDS = 4.0
MOST_FOUND = 50
MOST_WORDS = 8
LONGEST_QUESTION = 200  # characters
NEWEST_FIRST = by_moment("opened_at", descending=True)

# Letters that are no other letter with a sign on it, and are typed as one.
TYPED_AS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
WHERE = {
    "narrative": gettext_lazy("wat er is verteld"),
    "institution": gettext_lazy("naam van de plek, zoals de melder die schreef"),
    "reporter_name": gettext_lazy("naam van de melder"),
    "reporter_contact": gettext_lazy("telefoon of e-mail van de melder"),
    "accused_name": gettext_lazy("naam van de beklaagde"),
    "accused_function": gettext_lazy("functie van de beklaagde"),
    "affected_initials": gettext_lazy("initialen van de betrokkene"),
    "note": gettext_lazy("aantekeningen"),
    "task": gettext_lazy("taken"),
    "message": gettext_lazy("berichten"),
    "weighing": gettext_lazy("weging"),
}
ELSEWHERE = gettext_lazy("andere tekst")
NEVER = ("glass",)  # the reason of a broken glass is for who judges it


@dataclass(frozen=True)
class Hit:
    """A dossier in which all words were found, and in which kinds of text; not the text."""

    dossier: Dossier
    places: list[str]


@dataclass(frozen=True)
class Found:
    """What a search found, and how far it came."""

    hits: list[Hit]
    searched: int  # dossiers
    unreadable: int  # dossiers with a text that could not be opened
    resume: Place | None  # None: all were searched

    @property
    def is_whole(self) -> bool:
        return self.resume is None


def words_of(text: str) -> list[str]:
    """The words to find, small and without accents; at most eight."""
    return list(dict.fromkeys(plain(text).split()))[:MOST_WORDS]


def plain(text: str) -> str:
    """Small letters without accents; one space where there was any."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().translate(TYPED_AS).replace("’", "'").split())


def search(
    words: Sequence[str],
    among: QuerySet[Dossier],
    *,
    opened: Opened,
    after: str = "",
    clock: Callable[[], float] = monotonic,
) -> Found:
    """The dossiers among these in whose texts each of the words stands somewhere.

    Stops after 2,000 dossiers, four seconds or fifty hits, whichever comes first.
    """
    ends = clock() + MOST_SECONDS
    hits: list[Hit] = []
    searched = unreadable = 0
    place = after
    while True:
        batch = slice_of(among, NEWEST_FIRST, size=AT_ONCE, after=place)
        for dossier, texts, failed in _opened(batch.rows, opened):
            searched += 1
            unreadable += failed
            if places := _places(words, texts):
                hits.append(Hit(dossier, places))
        is_over = searched >= MOST_DOSSIERS or len(hits) >= MOST_FOUND or clock() >= ends
        if batch.after is None or is_over:
            return Found(hits, searched, unreadable, batch.after)
        place = str(batch.after)


def _opened(
    dossiers: Sequence[Dossier], opened: Opened
) -> Iterator[tuple[Dossier, list[tuple[str, str]], bool]]:
    """Each dossier, its texts (field, text), whether one could not be opened; two queries."""
    holder = {dossier.record: dossier.pk for dossier in dossiers}
    reports = Report.objects.filter(dossier__in=[dossier.pk for dossier in dossiers]).order_by()
    holder |= dict(reports.values_list("record", "dossier"))
    texts: dict[int, list[tuple[str, str]]] = {dossier.pk: [] for dossier in dossiers}
    closed: set[int] = set()
    for record, found in open_many(holder, purposes=PURPOSES, opener=opened).items():
        said = ((text.field, text.words) for text in found.texts)
        texts[holder[record]] += [each for each in said if _kind(each[0]) not in NEVER]
        if found.unreadable:
            closed.add(holder[record])
    for dossier in dossiers:
        yield dossier, texts[dossier.pk], dossier.pk in closed


def _places(words: Sequence[str], texts: Iterable[tuple[str, str]]) -> list[str]:
    """In which kinds of text the words stand; empty unless each stands in one of them."""
    missing, places = set(words), []
    for field, text in texts:
        bare = plain(text)
        if here := {word for word in words if word in bare}:
            missing -= here
            places.append(str(WHERE.get(_kind(field), ELSEWHERE)))
    return [] if missing else list(dict.fromkeys(places))


def _kind(field: str) -> str:
    """`note-12` is a note."""
    name, _, number = field.rpartition("-")
    return name if number.isdigit() else field
