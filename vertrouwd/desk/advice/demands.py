"""What the law demands although a reporter wants it otherwise: a duty that is owed and not met."""

from vertrouwd.advice.conditions import Demand
from vertrouwd.duties.clocks import Clocks
from vertrouwd.duties.terms import Duty, Step

# Until these steps were taken the duty is not met; each alone ends it.
MET_BY: dict[Duty, frozenset[Step]] = {
    Duty.INFORM_BOARD: frozenset({Step.BOARD_INFORMED, Step.CONSULTED}),
    Duty.CONSULT_INSPECTOR: frozenset({Step.CONSULTED}),
    Duty.REPORT_TO_POLICE: frozenset({Step.FILED}),
}


def demand_of(clocks: Clocks) -> Demand | None:
    """The duty that asks contact with the institution now, if any.

    None asks the inspector to pass anything on: to file is for the board, and of the sexual
    categories the inspector keeps the secrecy (WOT 6(3), 6(7)).
    """
    done = clocks.track.keys()
    unmet = {
        Duty(owed.duty): Demand(owed.source, owed.verified)
        for owed in clocks.duties
        if not MET_BY[Duty(owed.duty)].intersection(done)
    }
    return next((unmet[duty] for duty in Duty if duty in unmet), None)
