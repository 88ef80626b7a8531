"""The pages of the desk, through HTTP."""

import pytest

from vertrouwd.accounts.terms import Role

PAGES = {
    Role.INSPECTOR: ["/", "/dossiers", "/blikken"],
    Role.COORDINATOR: [
        "/", "/dossiers", "/glas/nazien", "/blikken", "/verdelen", "/rooster", "/belangen",
    ],
    Role.ANALYST: ["/"],
    Role.PUBLISHER: ["/"],
    Role.ADMINISTRATOR: ["/", "/taken/mislukt"],
    Role.PRIVACY_OFFICER: ["/", "/logboek", "/rechten"],
}  # fmt: skip


@pytest.mark.parametrize("role", PAGES)
def test_the_pages_of_a_role_open_when_there_is_nothing_yet(colleagues, role):
    client, _ = colleagues[role]
    for address in PAGES[role]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Cache-Control"] == "no-store"
