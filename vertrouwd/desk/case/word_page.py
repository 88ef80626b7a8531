"""What the page shows to who is there through broken glass and would move a report: who may, and
the form to leave word for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.forms import WordForm
from vertrouwd.desk.colleagues import shown
from vertrouwd.dossiers.access import existing_for, visible_dossiers
from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.handlers import handlers_of_each
from vertrouwd.dossiers.may_move import not_without_glass
from vertrouwd.dossiers.models import Dossier, DutyDay, GlassBreak, Task

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Behind:
    """A dossier behind the glass: until when it is open, and who handles it."""

    dossier: Dossier
    until: datetime
    handlers: list[str]


@dataclass(frozen=True)
class WordPage:
    """Whom to ask, and where word can be left: nowhere when no glass leads there."""

    kind: TaskKind
    behind: list[Behind]
    other: Dossier | None  # that may be the same case
    on_duty: list[str]

    @property
    def is_same_case(self) -> bool:
        return self.kind == TaskKind.SAME_CASE

    @property
    def to(self) -> Dossier | None:
        """Where word is left."""
        return self.behind[0].dossier if self.behind else None


def word_page(
    about: Iterable[int], *, kind: TaskKind, by: User, among: Iterable[Dossier] = ()
) -> WordPage | None:
    """For who would move reports of the dossiers with these numbers; None when they may.

    `among`: the two that may be one case.
    """
    numbers, now = set(about), timezone.now()
    if not (kept := not_without_glass(by, numbers, now=now)):
        return None
    seen = visible_dossiers(by, now=now).filter(pk__in=[each.pk for each in kept])
    until = _until(by, now)
    there = [each for each in seen.order_by("pk") if each.pk in until]
    handlers = handlers_of_each(there, now=now)
    behind = [Behind(each, until[each.pk], [*map(shown, handlers[each.pk])]) for each in there]
    pair = list(among) if behind else []
    other = next((each for each in pair if each.pk != behind[0].dossier.pk), None)
    return WordPage(kind, behind, other, _on_duty(by, numbers, now))


def word_form(page: WordPage, words: str = "") -> WordForm | None:
    """To leave word, when there is where."""
    if page.to is None:
        return None
    last = Task.objects.filter(dossier=page.to).order_by("pk").last()
    return WordForm(
        initial={
            "kind": page.kind,
            "other": page.other.reference if page.other else "",
            "after": last.pk if last else 0,
            "words": words,
            "due_on": timezone.localdate() + A_DAY,
        }
    )


def _until(by: User, now: datetime) -> dict[int, datetime]:
    broken = GlassBreak.objects.filter(user=by, opened_at__lte=now, ends_at__gt=now)
    return dict(broken.order_by("ends_at").values_list("dossier", "ends_at"))


def _on_duty(by: User, dossiers: set[int], now: datetime) -> list[str]:
    """Who has duty today and may open all of these."""
    today = DutyDay.objects.filter(date=timezone.localdate(now)).exclude(user=by)
    return [
        shown(each.user)
        for each in today.select_related("user").order_by("user__name", "user__username")
        if existing_for(each.user, now=now).filter(pk__in=dossiers).count() == len(dossiers)
    ]
