"""Every address of a site with its gate, as its URL configuration says.

The casework needs apps that the command line does not load, so each site is read in a process of
its own: `python -m vertrouwd.project.routes public|casework` prints JSON.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

URL_CONFIGURATIONS = {
    "public": "vertrouwd.project.urls",
    "casework": "vertrouwd.project.casework_urls",
}
SITES = tuple(URL_CONFIGURATIONS)


@dataclass(frozen=True)
class Route:
    """An address, the name of its page, who may come in, and what the page says of itself."""

    site: str
    path: str
    name: str
    gate: str  # public, none, or a permission: «handle cases», «handle cases, unlocked»
    docstring: str

    @property
    def is_public(self) -> bool:
        return self.gate == "public"


class NoRoutes(Exception):
    """A site could not be read; the message says why."""


def routes_of(site: str) -> list[Route]:
    """The addresses of a site, read in a process of its own. Raises NoRoutes."""
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", __name__, site], env=kept, capture_output=True, text=True
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"]
        raise NoRoutes(f"The pages of the {site} process cannot be read. {said[-1]}")
    return [Route(**found) for found in json.loads(done.stdout)]


def routes_in(patterns: list[Any], *, site: str, before: str = "/") -> Iterator[Route]:
    """The routes below URL patterns that are loaded here; files of `/static/` are no route."""
    from vertrouwd.accounts.gates import gate_of

    for pattern in patterns:
        path = before + re.sub(r"\?P|\\Z|\^|\$", "", str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from routes_in(pattern.url_patterns, site=site, before=path)
            continue
        docstring = (pattern.callback.__doc__ or "").strip()
        yield Route(site, path, pattern.name or "", _said(gate_of(pattern.callback)), docstring)


def _said(gate: Any) -> str:
    if gate is None:
        return "none"
    if gate.is_public:
        return "public"
    return f"{gate.permission.value}{', unlocked' if gate.unlocked else ''}"


def main(site: str) -> int:
    """In the process of its own."""
    from vertrouwd.project.cli import failure

    os.environ["DJANGO_SETTINGS_MODULE"] = f"vertrouwd.project.settings.{site}"
    try:
        import django

        django.setup()
        from django.urls import get_resolver

        found = [asdict(route) for route in routes_in(get_resolver().url_patterns, site=site)]
    except Exception as fault:
        if os.environ.get("VERTROUWD_TRACEBACK"):
            raise
        sys.stderr.write(f"{failure(fault)}\n")
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
