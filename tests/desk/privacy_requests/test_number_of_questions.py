"""A page asks the database the same number of questions for one request or document as for 30."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.notes import add_note
from vertrouwd.privacy_requests.actions import add_dossier, withdraw_request
from vertrouwd.privacy_requests.reading import state_of

MANY = 30


def questions(client, address: str) -> int:
    """How many, once what is asked only the first time was asked."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("is_withdrawn", [False, True], ids=["waiting", "withdrawn"])
def test_a_list_of_many_requests_asks_no_more_than_one_of_one(pages, today, is_withdrawn):
    officer = pages.somebody(Role.PRIVACY_OFFICER)
    lists = {"/verzoeken": pages.first, "/verzoeken/toezicht": officer}
    requests = [pages.asked()]
    for kind in ("rectificatie", "wissing", "beperking"):
        requests.append(pages.asked(kind=kind))
    before = {address: questions(client, address) for address, client in lists.items()}
    requests += [pages.asked() for _ in range(MANY)]
    if is_withdrawn:
        for request in requests:
            withdraw_request(request, on=today, by=pages.inspector)
        before["/verzoeken"] = questions(pages.first, "/verzoeken")
        requests = [pages.asked()]
        withdraw_request(requests[0], on=today, by=pages.inspector)
    assert {address: questions(client, address) for address, client in lists.items()} == before


def pages_of(pages, request, *, is_weighed: bool) -> dict[str, int]:
    begin = f"/verzoeken/{request.reference}"
    own = ["", "/wie", "/dossiers", "/verbeteren", "/verlengen", "/intrekken", "/nakijken"]
    asked = {each: questions(pages.first, f"{begin}{each}") for each in own}
    key = next(each.key for each in state_of(request).documents if each.name == "narrative")
    asked["weigh"] = questions(pages.first, f"{begin}/wegen?stuk={key}")
    if is_weighed:
        asked["second"] = questions(pages.other, f"{begin}/nakijken")
        pages.agree(request)
        asked["letter"] = questions(pages.first, f"{begin}/brief")
        asked["letter sent"] = questions(pages.first, begin)
    return asked


@pytest.mark.parametrize("is_weighed", [False, True], ids=["to weigh", "weighed"])
def test_a_request_with_many_documents_asks_no_more_than_one_with_few(pages, is_weighed):
    few, many = pages.told(), pages.told()
    for number in range(MANY):
        words = f"Aantekening {number}"
        add_note(many, kind="aantekening", words=words, by=pages.inspector, opened=pages.opened)
    found = []
    for dossier in (few, many):
        request = pages.asked(dossier)
        if is_weighed:
            pages.weigh_all(request)
        found.append(pages_of(pages, request, is_weighed=is_weighed))
    assert found[0] == found[1]


def test_a_request_about_many_dossiers_asks_no_more_than_one_about_two(pages):
    found = []
    for number in (2, 12):
        dossiers = [pages.told(note="") for _ in range(number)]
        request = pages.asked(dossiers[0])
        for each in dossiers[1:]:
            add_dossier(request, each, by=pages.inspector)
        whole = pages.told()
        for each in dossiers[1:]:
            join(each, into=whole, by=pages.inspector)
        assert len(state_of(request).moved) == number - 1
        pages.weigh_all(request)
        found.append(pages_of(pages, request, is_weighed=False))
    assert found[0] == found[1]
