"""A fault by its kind and its place in the code, never by its words: they may quote a report.

No Django here.
"""

from types import TracebackType

PACKAGE = __name__.partition(".")[0]


def places(trace: TracebackType | None) -> dict[str, str]:
    """Where it was raised, and where in our own code: `module:line`."""
    found = {}
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        found["place"] = f"{module}:{trace.tb_lineno}"
        if module.partition(".")[0] == PACKAGE:
            found["ours"] = found["place"]
        trace = trace.tb_next
    return found
