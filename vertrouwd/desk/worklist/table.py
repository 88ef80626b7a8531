"""The table of a list, written at once: a template asks some two thousand things for a full page.

Whatever comes out of the database or the catalogue is escaped here, where it is put in.
"""

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from vertrouwd.desk.colleagues import shown
from vertrouwd.desk.worklist.rows import Row

NOW, PLAIN = "tag now", "tag"


def table(rows: Sequence[Row], *, label: str) -> SafeString:
    """The rows under their heads, in the language of the page."""
    return mark_safe(_Table().of(rows, label=label))  # noqa: S308  every part is escaped


class _Table:
    """Its words and days, each worked out once for all rows."""

    def __init__(self) -> None:
        self.due = escape(gettext("Termijn"))
        self.what = escape(gettext("Waarover"))
        self.where = escape(gettext("Instelling"))
        self.who = escape(gettext("Wie"))
        self.opened = escape(gettext("Geopend"))
        self.glass = _tag(gettext("glas"), NOW)
        self.news = _tag(gettext("nieuw bericht"), NOW)
        self.files = _tag(gettext("nieuw bestand"), NOW)
        self.waits = _tag(gettext("wacht op melder"))
        self.closed = _tag(gettext("gesloten"))
        self.restricted = _tag(gettext("beperkt"), NOW)
        self.late = _tag(gettext("te laat"), NOW)
        self.today = _tag(gettext("vandaag"), NOW)
        self.nobody = _tag(gettext("niemand"), NOW).lstrip()
        self.call = escape(gettext("terugbellen"))
        self.norm, self.legal = escape(gettext("huisnorm")), escape(gettext("plicht"))
        self.months = {number: escape(str(name)) for number, name in MONTHS_3.items()}

    def of(self, rows: Sequence[Row], *, label: str) -> str:
        heads = (
            escape(gettext("Dossier")), self.due, self.what, self.where, self.who, self.opened
        )  # fmt: skip
        head = "".join(f'<th role="columnheader" scope="col">{each}</th>' for each in heads)
        return (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
            '<table class="stack scan" role="table">\n'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
            f'<tbody role="rowgroup">{"".join(map(self._row, rows))}</tbody></table></div>\n'
        )

    def _row(self, row: Row) -> str:
        late = ' class="late"' if row.due and row.due.is_late else ""
        return (
            f'<tr role="row"{late}><th role="rowheader" scope="row">{self._dossier(row)}</th>\n'
            f'<td role="cell" data-label="{self.due}" class="due">{self._due(row)}</td>\n'
            f'<td role="cell" data-label="{self.what}">{_about(row)}</td>'
            f'<td role="cell" data-label="{self.where}">{_where(row)}</td>'
            f'<td role="cell" data-label="{self.who}">{self._who(row)}</td>'
            f'<td role="cell" data-label="{self.opened}">{self._opened(row)}</td></tr>\n'
        )

    def _dossier(self, row: Row) -> str:
        reference = escape(row.dossier.reference)
        said = f'<a href="/dossiers/{reference}">{reference}</a>'
        if row.through_glass:
            said += self.glass
        if row.has_news:
            said += self.news
        if row.has_files:
            said += self.files
        if row.waits:
            said += self.waits
        elif row.is_closed:
            said += self.closed
        if row.is_restricted:
            said += self.restricted
        if row.reports > 1:
            counted = ngettext("%(n)s melding", "%(n)s meldingen", row.reports)
            said += _tag(counted % {"n": row.reports})
        return said

    def _due(self, row: Row) -> str:
        due, call = row.due, row.call_back
        if due is None:
            return ""
        mark = self.late if due.is_late else self.today if due.is_today else ""
        kind = f", {self.norm}" if due.is_norm else f", {self.legal}" if due.is_legal else ""
        time = _time(due.on, self._day(due.on))
        said = f"{mark} {time}{_small(escape(due.what) + kind)}".lstrip()
        if call:
            when = (
                "" if call.on == due.on else f"{self.call} {_time(call.on, self._day(call.on))}, "
            )
            said += _small(when + escape(call.hours), "what call")
        return said

    def _who(self, row: Row) -> str:
        return ", ".join(escape(shown(each)) for each in row.handlers) or self.nobody

    def _opened(self, row: Row) -> str:
        day = timezone.localdate(row.dossier.opened_at)
        said = _time(day, self._day_of_year(day))
        if row.first:
            first = {"day": self._day_of_year(row.first)}
            said += _small(escape(gettext("eerste melding op %(day)s")) % first)
        return said

    def _day_of_year(self, day: date) -> str:
        return f"{self._day(day)} {day.year}"

    def _day(self, day: date) -> str:
        return f"{day.day} {self.months[day.month]}"


def _time(day: date, words: str) -> str:
    return f'<time datetime="{day.isoformat()}">{words}</time>'


def _about(row: Row) -> str:
    return escape(row.category) + (_small(escape(row.subcategory)) if row.subcategory else "")


def _where(row: Row) -> str:
    school, sector = row.dossier.institution, escape(row.dossier.sector)
    if school is None:
        return "–" + _small(sector)
    return escape(school.name) + _small(f"{escape(school.town)}, {sector}")


def _tag(words: str, kind: str = PLAIN) -> str:
    return f' <span class="{kind}">{escape(words)}</span>'


def _small(html: str, kind: str = "what") -> str:
    """Beside it, smaller; what it says was escaped."""
    return f' <span class="{kind}">{html}</span>'
