"""What waits for somebody as lines of the first page: a number each, in calm words, with a link.

Nothing of a case stands there but numbers of dossiers and the hours in which it is safe to call.
What needs somebody soonest comes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from vertrouwd.desk.today import Today
from vertrouwd.desk.work import OfNobody, Requests, Work
from vertrouwd.desk.writing.unfinished import Unfinished


@dataclass(frozen=True)
class Place:
    """Where to go for a part of it; `beside` is what to know before going there."""

    address: str
    words: str
    beside: str = ""


@dataclass(frozen=True)
class Line:
    """So many of something, and where they are."""

    number: int
    words: str  # that follow the number
    address: str
    more: str = ""
    mark: str = ""
    places: tuple[Place, ...] = ()


def lines_of(work: Work, *, now: datetime) -> list[Line]:
    """The lines that say something: nothing that is zero."""
    return [line for line in _lines(work, now) if line.number]


def _lines(work: Work, now: datetime) -> Iterator[Line]:
    yield Line(
        work.opinions,
        ngettext("collega vraagt uw mening", "collega's vragen uw mening", work.opinions),
        "/mening",
        more=gettext("Uw collega is nu in gesprek."),
        mark=gettext("Nu"),
    )
    if work.of_nobody:
        yield _of_nobody(work.of_nobody, now, on_duty=work.is_on_duty, divides=work.divides)
    if work.today:
        yield from _today(work.today)
    if work.requests:
        yield _requests(work.requests)
    reviews, rights, failed = work.reviews or 0, work.rights or 0, work.failed_jobs or 0
    yield Line(
        reviews,
        ngettext("keer brak een collega het glas", "keer brak een collega het glas", reviews),
        "/glas/nazien",
        more=gettext("Wat vindt u ervan?"),
    )
    yield Line(
        rights,
        ngettext("recht wacht op een beslissing", "rechten wachten op een beslissing", rights),
        "/rechten",
        more=gettext("Beslis erover in dit kwartaal."),
    )
    yield Line(failed, ngettext("taak is mislukt", "taken zijn mislukt", failed), "/taken/mislukt")
    if work.unfinished:
        yield from _unfinished(work.unfinished)


def _of_nobody(found: OfNobody, now: datetime, *, on_duty: bool, divides: bool) -> Line:
    return Line(
        found.dossiers,
        ngettext("dossier heeft nog niemand", "dossiers hebben nog niemand", found.dossiers),
        "/dossiers?lijst=niemand" if on_duty else "/verdelen",
        more=_came(found, found.newest, now) if found.newest else "",
        places=(Place("/verdelen", gettext("Naar het verdelen")),) if on_duty and divides else (),
    )


def _came(found: OfNobody, newest: datetime, now: datetime) -> str:
    here = timezone.localtime(newest)
    if here.date() == timezone.localdate(now):
        said = ngettext(
            "Het kwam vandaag binnen, om %(time)s uur.",
            "Het nieuwste kwam vandaag binnen, om %(time)s uur.",
            found.dossiers,
        )
        return said % {"time": f"{here:%H:%M}"}
    said = ngettext(
        "Het kwam binnen op %(day)s.", "Het nieuwste kwam binnen op %(day)s.", found.dossiers
    )
    return said % {"day": date_format(here, "j F")}


def _today(today: Today) -> Iterator[Line]:
    calls, due = len(today.calls), today.due
    yield Line(
        calls,
        ngettext("keer terugbellen vandaag", "keer terugbellen vandaag", calls),
        "/dossiers?lijst=termijn",
        places=tuple(
            Place(f"/dossiers/{call.dossier}", call.dossier, call.hours) for call in today.calls
        ),
    )
    yield Line(
        today.with_messages,
        ngettext(
            "dossier met een nieuw bericht van de melder",
            "dossiers met een nieuw bericht van de melder",
            today.with_messages,
        ),
        "/dossiers?lijst=nieuws",
    )
    yield Line(
        today.with_files,
        ngettext(
            "dossier met een bestand dat nog niemand bekeek",
            "dossiers met een bestand dat nog niemand bekeek",
            today.with_files,
        ),
        "/dossiers?lijst=nieuws",
    )
    yield Line(
        due.late,
        ngettext("taak of termijn is te laat", "taken en termijnen zijn te laat", due.late),
        "/dossiers?lijst=termijn",
        mark=gettext("Te laat"),
    )
    yield Line(
        due.today,
        ngettext(
            "taak of termijn moet vandaag af", "taken en termijnen moeten vandaag af", due.today
        ),
        "/dossiers?lijst=termijn",
    )


def _requests(found: Requests) -> Line:
    late = ngettext("%(n)s verzoek is te laat.", "%(n)s verzoeken zijn te laat.", found.late)
    return Line(
        found.waiting,
        ngettext(
            "verzoek wacht op een antwoord", "verzoeken wachten op een antwoord", found.waiting
        ),
        "/verzoeken/toezicht" if found.only_clocks else "/verzoeken",
        more=late % {"n": found.late} if found.late else "",
        mark=gettext("Te laat") if found.late else "",
    )


def _unfinished(found: Unfinished) -> Iterator[Line]:
    yield Line(
        found.calls,
        ngettext(
            "gesprek dat u nog niet vastlegde", "gesprekken die u nog niet vastlegde", found.calls
        ),
        "/intake",
    )
    texts = len(found.dossiers)
    yield Line(
        texts,
        ngettext(
            "dossier waarin u iets aan het schrijven was",
            "dossiers waarin u iets aan het schrijven was",
            texts,
        ),
        f"/dossiers/{found.dossiers[0]}" if found.dossiers else "",
        places=tuple(Place(f"/dossiers/{each}", each) for each in found.dossiers),
    )
