"""Starting the two processes: one process group, one command."""

from importlib import import_module

from django.core.management.base import CommandError

from vertrouwd.project.addresses import Address, CannotServe
from vertrouwd.project.supervisor import Process, supervise


def serve_both(public: Address, casework: Address) -> None:
    """Serve until a signal. Raises CommandError when a process does not start, or what is said of
    the public site cannot be.
    """
    _check_site()
    when_up = (
        f"Serving the public pages on http://{public}/ and the casework on http://{casework}/ "
        "(Ctrl-C stops)"
    )
    try:
        supervise([Process("public", public), Process("casework", casework)], when_up=when_up)
    except CannotServe as reason:
        raise CommandError(str(reason), returncode=1) from None


def _check_site() -> None:
    """Here a mistake can be explained: the process itself says only that it did not start."""
    try:
        import_module("vertrouwd.project.settings.site")
    except ValueError as mistake:
        raise CommandError(str(mistake), returncode=2) from None
