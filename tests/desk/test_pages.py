"""The pages of the desk, through HTTP."""

import pytest

from vertrouwd.accounts.terms import Role

PAGES = {
    Role.INSPECTOR: ["/", "/dossiers", "/blikken"],
    Role.COORDINATOR: [
        "/", "/dossiers", "/glas/nazien", "/blikken", "/verdelen", "/rooster", "/belangen",
    ],
    Role.ANALYST: ["/", "/plichten/vergelijken"],
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


def test_who_handles_cases_begins_a_call_from_the_first_page(colleagues):
    for role, client_and_user in colleagues.items():
        page = client_and_user[0].get("/").content.decode()
        assert ("Noteer een gesprek" in page) is (role in {Role.INSPECTOR, Role.COORDINATOR}), role


def test_in_english_a_rule_set_and_a_sector_have_english_names(desk):
    from django.conf import settings

    dossier = desk.dossier()
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    sheet = desk.client.get("/plichten/vergelijken").content.decode()
    assert "NL-1999-education: Education, since 1999" in sheet
    assert "Onderwijs, sinds 1999" not in sheet
    assert ">not disclosed</option>" in desk.page(dossier, "/codering")
