"""What the House keeps asking about, of one dossier, in codes.

Who reported and how, whether there was a duty, how long the consultation took, what was weighed,
whether it came to the police, how far the ladder went, and whether the reporter heard back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vertrouwd.advice.models import Result
from vertrouwd.advice.terms import Police
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.terms import Answer, Channel, ReporterRole
from vertrouwd.duties.clocks import Clocks
from vertrouwd.duties.terms import Step, Weighing

# What weighs most stands for the dossier: a report to the police goes before a notice.
BY_WEIGHT = (Police.REPORT, Police.NOTICE, Police.NEITHER, Police.UNKNOWN)


@dataclass(frozen=True)
class AskedByTheHouse:
    """The answers about one dossier; each is a code, a number or unknown."""

    reporter_roles: tuple[ReporterRole, ...]
    channels: tuple[Channel, ...]
    duty: Answer  # whether the law asks something
    consult_delay: int | None  # days, from when the institution knew to the consultation
    weighing: Weighing | None
    police: Police
    ladder_step: int | None  # the one whose day has come; None: nobody refused
    feedback: Answer  # whether the reporter was told what came of it


def asked_by_the_house(
    reports: Iterable[Report], clocks: Clocks, results: Iterable[Result], *, today: date
) -> AskedByTheHouse:
    """Of what is recorded; nothing is guessed."""
    reports, results = list(reports), list(results)
    come = [step.step for step in clocks.ladder if step.due <= today]
    return AskedByTheHouse(
        reporter_roles=tuple(dict.fromkeys(ReporterRole(r.reporter_role) for r in reports)),
        channels=tuple(dict.fromkeys(Channel(r.channel) for r in reports)),
        duty=_duty(clocks),
        consult_delay=_delay(clocks),
        weighing=clocks.weighing,
        police=_police(clocks, results),
        ladder_step=max(come, default=0) if Step.REFUSED in clocks.track else None,
        feedback=_feedback(results),
    )


def _duty(clocks: Clocks) -> Answer:
    if clocks.duties:
        return Answer.YES
    return Answer.UNKNOWN if clocks.missing or clocks.since is None else Answer.NO


def _delay(clocks: Clocks) -> int | None:
    consulted = clocks.track.get(Step.CONSULTED)
    if consulted is None or clocks.since is None:
        return None
    return max(0, (consulted.on - clocks.since).days)


def _police(clocks: Clocks, results: list[Result]) -> Police:
    """The board may have filed as well: that stands in the track of the duties."""
    told = {Police(result.police) for result in results}
    if Step.FILED in clocks.track:
        told.add(Police.REPORT)
    return next((each for each in BY_WEIGHT if each in told), Police.UNKNOWN)


def _feedback(results: list[Result]) -> Answer:
    if any(result.feedback_on for result in results):
        return Answer.YES
    return Answer.NO if results else Answer.UNKNOWN
