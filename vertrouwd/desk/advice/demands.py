"""What the law demands although a reporter wants it otherwise: a duty that is owed and not met."""

from collections.abc import Collection, Iterable

from vertrouwd.advice.conditions import Demand
from vertrouwd.advice.terms import Outward
from vertrouwd.duties.clocks import Clocks
from vertrouwd.duties.models import OwedDuty
from vertrouwd.duties.terms import Duty, Step

# Until these steps were taken the duty is not met; each alone ends it.
MET_BY: dict[Duty, frozenset[Step]] = {
    Duty.INFORM_BOARD: frozenset({Step.BOARD_INFORMED, Step.CONSULTED}),
    Duty.CONSULT_INSPECTOR: frozenset({Step.CONSULTED}),
    Duty.REPORT_TO_POLICE: frozenset({Step.FILED}),
}
# Which duties go before the wish of a reporter, for what. None for passing on: to file is for the
# board, and of the sexual categories the inspector keeps the secrecy (WOT 6(3), 6(7)).
GOES_BEFORE: dict[Outward, tuple[Duty, ...]] = {Outward.CONTACT_INSTITUTION: tuple(Duty)}


def demands_of(clocks: Clocks) -> dict[Outward, Demand]:
    """For each thing that would go further than the reporter: the duty that asks it now, if any."""
    return demands(clocks.duties, done=clocks.track.keys())


def demands(owed: Iterable[OwedDuty], *, done: Collection[Step]) -> dict[Outward, Demand]:
    """The same of duties and of the steps that were taken."""
    open_ = {
        Duty(each.duty): Demand(each.source, each.verified)
        for each in owed
        if not MET_BY[Duty(each.duty)].intersection(done)
    }
    return {
        outward: next(open_[duty] for duty in duties if duty in open_)
        for outward, duties in GOES_BEFORE.items()
        if any(duty in open_ for duty in duties)
    }
