"""What a page of the work list shows: which dossiers, and where the pages beside it are."""

import re


def listed(page: str) -> list[str]:
    """The numbers of the dossiers on a page, in their order."""
    return re.findall(r'<a href="/dossiers/(D-\d+)"', page)


def beside(page: str, side: str) -> str:
    """The address of the page on this side (next, prev); empty when there is none."""
    found = re.search(rf'href="([^"]+)" rel="{side}"', page)
    return f"/dossiers{found[1].replace('&amp;', '&')}" if found else ""
