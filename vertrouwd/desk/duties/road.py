"""The road of a dossier as its page shows it: each step with its day, its words and what may be
done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from vertrouwd.duties.clocks import Clocks
from vertrouwd.duties.due import Due
from vertrouwd.duties.models import TrackStep
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import RUNGS, AccusedParty, Knower, Step, Weighing
from vertrouwd.duties.track import is_needed, objection

S = Step
CONSULTATION = (
    S.BOARD_INFORMED, S.CONSULTED, S.WEIGHED, S.PARENTS_INFORMED, S.ACCUSED_INFORMED, S.FILED,
    S.REPORTED_BACK, S.CHECKED,
)  # fmt: skip
WORDS: dict[Step, Any] = {
    S.BOARD_INFORMED: _("Het bestuur of de houder weet ervan"),
    S.CONSULTED: _("Overleg met de vertrouwensinspecteur"),
    S.WEIGHED: _("Weging: is er een redelijk vermoeden?"),
    S.PARENTS_INFORMED: _("Ouders geïnformeerd"),
    S.ACCUSED_INFORMED: _("Beklaagde geïnformeerd"),
    S.FILED: _("Aangifte gedaan"),
    S.REPORTED_BACK: _("Teruggekoppeld aan de vertrouwensinspecteur"),
    S.CHECKED: _("Nagegaan bij de politie"),
    S.REFUSED: _("Aangifte geweigerd"),
    S.RUNG_1: _("Stap 1 van de ladder"),
    S.RUNG_2: _("Stap 2 van de ladder"),
    S.RUNG_3: _("Stap 3 van de ladder"),
    S.RUNG_4: _("Stap 4 van de ladder"),
}
BEFORE_FILING = _(
    "Vóór de aangifte. Spreek het moment af met de vertrouwensinspecteur en de politie."
)
NOT_IN_CHILDCARE = _(
    "De Wet kinderopvang vraagt dit niet. Spreek met de vertrouwensinspecteur en de politie af of "
    "het kan, en wanneer."
)  # 1.51b: no clause on the parents or the accused
SLUGS: dict[Step, str] = {
    S.BOARD_INFORMED: "bestuur",
    S.CONSULTED: "overleg",
    S.WEIGHED: "weging",
    S.PARENTS_INFORMED: "ouders",
    S.ACCUSED_INFORMED: "beklaagde",
    S.FILED: "aangifte",
    S.REPORTED_BACK: "terugkoppeling",
    S.CHECKED: "nagegaan",
    S.REFUSED: "weigering",
    S.RUNG_1: "ladder-1",
    S.RUNG_2: "ladder-2",
    S.RUNG_3: "ladder-3",
    S.RUNG_4: "ladder-4",
}
STEPS = {slug: step for step, slug in SLUGS.items()}


@dataclass(frozen=True)
class StepOnPage:
    """One step. `due`: what is asked now and by when; `may_take`, `may_withdraw`: it stands or
    falls with the others; `hint`: what to think of before it; `by`: who acts, on a rung of the
    ladder."""

    step: Step
    taken: TrackStep | None
    due: Due | None
    is_late: bool
    may_take: bool
    may_withdraw: bool
    hint: str = ""
    grounds: str = ""
    grounds_of_board: str = ""
    by: str = ""
    verified: bool = True

    @property
    def slug(self) -> str:
        """Its word in an address."""
        return SLUGS[self.step]

    @property
    def words(self) -> str:
        """What it is."""
        return str(WORDS[self.step])

    @property
    def is_weighing(self) -> bool:
        """It asks more than a day."""
        return self.step is S.WEIGHED


def road_of(found: Clocks, *, today: date, texts: Mapping[str, str]) -> list[StepOnPage]:
    """The consultation, and what follows from it."""
    return [_on_page(step, found, today=today, texts=texts) for step in CONSULTATION]


def refusal_of(found: Clocks, *, today: date, texts: Mapping[str, str]) -> StepOnPage:
    """Whether the board or provider refuses to file."""
    return _on_page(S.REFUSED, found, today=today, texts=texts)


def ladder_of(found: Clocks, *, today: date, texts: Mapping[str, str]) -> list[StepOnPage]:
    """What happens after a refusal; once filed, what was done until then."""
    rungs = {RUNGS[each.step]: each for each in found.ladder}
    return [
        _on_page(
            step,
            found,
            today=today,
            texts=texts,
            by=rungs[step].by if step in rungs else "",
            verified=rungs[step].verified if step in rungs else True,
        )
        for step in RUNGS.values()
        if step in rungs or step in found.track
    ]


def _on_page(
    step: Step, found: Clocks, *, today: date, texts: Mapping[str, str], **more: Any
) -> StepOnPage:
    taken = found.track.get(step)
    due = next((each for each in found.due if each.step is step), None)
    return StepOnPage(
        step=step,
        taken=taken,
        due=due,
        is_late=due is not None and due.is_late(today),
        may_take=_may_take(step, found, today),
        may_withdraw=taken is not None and not is_needed(step, done=list(found.track)),
        hint=hint_of(step, found),
        grounds=texts.get(taken.field, "") if taken else "",
        grounds_of_board=texts.get(taken.field_of_board, "") if taken else "",
        **more,
    )


def hint_of(step: Step, found: Clocks) -> str:
    """What to think of before a step."""
    if step not in (S.PARENTS_INFORMED, S.ACCUSED_INFORMED):
        return ""
    chosen = rule_sets().get(found.rule_set)
    in_childcare = chosen is not None and chosen.board is Knower.PROVIDER
    return str(NOT_IN_CHILDCARE if in_childcare else BEFORE_FILING)


def _may_take(step: Step, found: Clocks, today: date) -> bool:
    """Whether it can stand on some day: today, or on that of a step which follows it."""
    accused = found.own.facts.get("accused_role") if found.own else None
    done = {each: taken.on for each, taken in found.track.items()}
    return any(
        not objection(
            step,
            on,
            done=done,
            weighing=Weighing.DOUBT if step is S.WEIGHED else None,  # any: which one is asked
            outcome=found.weighing,
            today=today,
            may_weigh_alone=accused == AccusedParty.PROVIDER,
        )
        for on in {today, *done.values()}
    )
