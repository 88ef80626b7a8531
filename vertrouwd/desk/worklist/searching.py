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
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Opened, open_text
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

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
    unreadable: int  # texts that could not be opened
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
) -> Iterator[tuple[Dossier, list[tuple[str, str]], int]]:
    """Each dossier with its texts (field, text) and how many could not be opened; two queries."""
    owner = {dossier.record: dossier.pk for dossier in dossiers}
    reports = Report.objects.filter(dossier__in=[dossier.pk for dossier in dossiers]).order_by()
    owner |= dict(reports.values_list("record", "dossier"))
    sealed: dict[int, list[SealedText]] = {}
    for text in _last_revisions(owner):
        sealed.setdefault(owner[text.data_key.record], []).append(text)
    for dossier in dossiers:
        texts, failed, keys = [], 0, {}
        for row in sealed.get(dossier.pk, []):
            try:
                if row.data_key_id not in keys:
                    keys[row.data_key_id] = opened.data_key(row.data_key)
                texts.append((row.field, open_text(row, keys[row.data_key_id])))
            except Unreadable:
                failed += 1
        yield dossier, texts, failed


def _last_revisions(records: Iterable[str]) -> Iterable[SealedText]:
    """The texts of these records as they stand now, but for those that are for somebody else."""
    rows = SealedText.objects.filter(
        data_key__record__in=list(records), data_key__purpose__in=PURPOSES
    )
    last: dict[tuple[str, str, str], SealedText] = {}
    for row in rows.select_related("data_key__team_key").order_by("revision", "pk"):
        if _kind(row.field) not in NEVER:
            last[row.data_key.record, row.data_key.purpose, row.field] = row
    return last.values()


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
