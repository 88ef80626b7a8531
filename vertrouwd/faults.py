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


def failure(fault: Exception) -> str:
    """What went wrong, without words that may come from a report."""
    if isinstance(fault, OSError) and fault.strerror:
        return f"Failed: {fault.strerror}" + f" ({fault.filename})." * bool(fault.filename)
    kind = type(fault).__name__
    if kind in ("OperationalError", "InterfaceError"):  # of the database, about itself
        return f"Failed: the database says: {str(fault).partition(chr(10))[0]}."
    return f"Failed: {kind}. VERTROUWD_TRACEBACK=1 shows where."
