"""What the pages of the duties show: facts, duties, the road and its clocks; opened for once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.desk.colleagues import shown
from vertrouwd.desk.duties.forms import FIELDS
from vertrouwd.desk.duties.road import StepOnPage, ladder_of, refusal_of, road_of
from vertrouwd.desk.duties.shown import SLUGS, DutiesInWords, in_words, stored_in_words
from vertrouwd.desk.intake.forms import NOBODY, NONE_SUSPECTED
from vertrouwd.desk.intake.forms import UNKNOWN as NOT_KNOWN
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.terms import Answer
from vertrouwd.duties.assessment import assess
from vertrouwd.duties.clocks import Clocks, clocks
from vertrouwd.duties.due import TAKEN_BY, norm_in_working_days
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.facts_file import as_object
from vertrouwd.duties.known import Known, known
from vertrouwd.duties.models import TrackStep
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.tellings import Fact, Origin
from vertrouwd.duties.terms import Knower
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

_ = gettext_lazy
LABELS: dict[str, Any] = {
    "sector": _("Sector"),
    "category": _("Categorie"),
    "possible_offence": _("Mogelijk strafbaar"),
    "accused_role": _("Beklaagde"),
    "affected_role": _("Betrokkene"),
    "affected_age": _("Leeftijd toen"),
    "affected_incapacitated": _("Wilsonbekwaam"),
    "dependency_relation": _("Afhankelijk van de beklaagde"),
    "known_by": _("Wie weet ervan"),
    "known_on": _("Bekend sinds"),
}
NOT_KEPT = {"known_on", "rule_set", "refused_on"}  # the day is worked out with what was joined


@dataclass(frozen=True)
class FactOnPage:
    """One fact with where it comes from. `asked`: an answer hangs on it."""

    label: str
    value: str
    origin: str
    slug: str
    asked: bool
    differing: list[str]


@dataclass(frozen=True)
class DutiesPage:
    """Everything the page of the duties of a dossier shows."""

    dossier: Dossier
    facts: list[FactOnPage]
    duties: DutiesInWords
    clocks: Clocks
    road: list[StepOnPage]
    refusal: StepOnPage
    ladder: list[StepOnPage]
    is_stored: bool  # False: nobody has assessed this dossier yet
    is_behind: bool  # what is known has changed since it was assessed
    rule_set: str
    norm: int  # working days
    withdrawn: list[TrackStep]

    @property
    def next(self) -> StepOnPage | None:
        """The step with the first day, else the first that is asked."""
        steps = [s for s in (*self.road, *self.ladder) if s.due and not s.taken]
        return min(steps, key=lambda s: (s.due.on or date.max) if s.due else date.max, default=None)

    @property
    def met(self) -> set[str]:
        """The duties of which the step was taken: they stay listed, as done."""
        return {gettext(duty) for duty, step in TAKEN_BY.items() if step in self.clocks.track}

    @property
    def has_road(self) -> bool:
        """Between staff there is advice to the reporter, and the page offers nothing else."""
        return not self.duties.advice_only or bool(self.clocks.track)

    @property
    def reason(self) -> str:
        """After what it was assessed last."""
        return gettext(self.clocks.own.reason) if self.clocks.own else ""


def duties_page(dossier: Dossier, *, by: User, opened: Opened, now: datetime) -> DutiesPage:
    """Open the words of the road, and write down that they were opened."""
    today = timezone.localdate(now)
    found, facts = clocks(dossier), known(dossier)
    texts = _texts(dossier, found, by=by, opened=opened)
    live = assess(facts.facts, today)
    stored = found.own is not None
    duties = stored_in_words(found, of=dossier.pk) if stored else in_words(live)
    return DutiesPage(
        dossier=dossier,
        facts=[
            _on_page(each, {m.key for m in duties.missing})
            for each in (facts.by_key[k] for k in LABELS)
        ],
        duties=duties,
        clocks=found,
        road=road_of(found, today=today, texts=texts),
        refusal=refusal_of(found, today=today, texts=texts),
        ladder=ladder_of(found, today=today, texts=texts),
        is_stored=stored,
        is_behind=stored and _kept(found) != _plain(facts),
        rule_set=title_of(found.rule_set if stored else (live.rule_set or "")),
        norm=norm_in_working_days(),
        withdrawn=_withdrawn(dossier),
    )


def title_of(rule_set: str) -> str:
    """The name of a set with what it is."""
    found = rule_sets().get(rule_set)
    return f"{gettext(found.title)} ({found.name})" if found else ""


def initial_of(key: str, found: Known) -> dict[str, Any]:
    """How the form for one fact begins: with what is known."""
    value = found.by_key[key].value
    return {FIELDS[key]: _typed(key, value, found), "seen": found.last}


def fact_in_words(fact: Fact) -> str:
    """What is known of it, as a page says it; None is an open day, or that no offence is seen."""
    is_open_day = fact.key == "known_on" and fact.value is None
    return _in_words(UNKNOWN if is_open_day else fact.value)


def _in_words(value: Any) -> str:
    if value is UNKNOWN:
        return gettext("niet bekend")
    if value is None:
        return gettext("geen strafbaar feit")
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, frozenset):
        names = [gettext(each.value) for each in Knower if each in value]
        return ", ".join(names) or gettext("niemand van de instelling")
    return gettext(str(getattr(value, "value", value)))


def _on_page(fact: Fact, missing: set[str]) -> FactOnPage:
    return FactOnPage(
        label=str(LABELS[fact.key]),
        value=fact_in_words(fact),
        origin=_origin(fact),
        slug=SLUGS.get(fact.key, ""),
        asked=fact.key in missing,
        differing=[_in_words(each) for each in fact.differing],
    )


def _origin(fact: Fact) -> str:
    if fact.decision:
        day = date_format(timezone.localdate(fact.decision.at), "j F Y")
        who = {"name": shown(fact.decision.by), "day": day}
        return gettext("vastgelegd op %(day)s door %(name)s") % who
    return "" if fact.origin is Origin.UNKNOWN else gettext(fact.origin.value)


def _typed(key: str, value: Any, found: Known) -> Any:
    """What stands in the field; who certainly knows is ticked already."""
    if key == "known_by":
        knowers = found.knowers if value is UNKNOWN else value
        return sorted(knowers) or ([NOBODY] if value is not UNKNOWN else [])
    if key in ("affected_age", "known_on"):
        return None if value is UNKNOWN else value
    if value is UNKNOWN:
        return NOT_KNOWN
    if value is None:
        return NONE_SUSPECTED
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    return value


def _kept(found: Clocks) -> dict[str, Any]:
    """The facts of the last assessment; the day and the refusal follow from the road."""
    kept: dict[str, Any] = found.own.facts if found.own else {}
    return {key: value for key, value in kept.items() if key not in NOT_KEPT}


def _plain(facts: Known) -> dict[str, Any]:
    return {k: v for k, v in as_object(facts.facts).items() if k not in NOT_KEPT}


def _withdrawn(dossier: Dossier) -> list[TrackStep]:
    rows = TrackStep.objects.filter(dossier=dossier, withdrawn_at__isnull=False)
    return list(rows.select_related("by", "withdrawn_by"))


def _texts(dossier: Dossier, found: Clocks, *, by: User, opened: Opened) -> dict[str, str]:
    """The sealed words of the steps that stand, by the name they were sealed under."""
    names = _names(found.track.values())
    parts = {dossier.pk, *(step.dossier_id for step in found.track.values())}
    records = Dossier.objects.filter(pk__in=parts).values_list("record", flat=True)
    told = open_many(records, purposes=[Purpose.DOSSIER], opener=opened)
    words = {t.field: t.words for each in told.values() for t in each.texts if t.field in names}
    if words:
        detail = {"texts": len(words), "reports": 0}
        record(by=by, action="open_texts", kind="dossier", object=dossier.reference, detail=detail)
    return words


def _names(steps: Iterable[TrackStep]) -> set[str]:
    return {name for step in steps for name in (step.field, step.field_of_board)}
