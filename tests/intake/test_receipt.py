"""The receipt: reference and code are shown once, to be written down and typed over."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import RequestFactory
from django.utils import translation

from tests.intake.at_the_mailbox import HERE, AtTheMailbox, wait
from tests.intake.promises import keeps_to_the_contract
from tests.intake.reporters import send
from tests.intake.tellings import TOLD
from vertrouwd.intake.models import KeptRecord
from vertrouwd.intake.postvak.cookie import NAME
from vertrouwd.intake.receipt import SHOWN_FOR, already_received_page, come_back_on, receipt_page
from vertrouwd.sealing.reporter_codes import new_code

LATER = SHOWN_FOR.total_seconds() / 60 + 1


class AtTheReceipt(AtTheMailbox):
    """A browser that shows the receipt; the next page is one of the mailbox."""

    def __init__(self, receipt, language: str = "nl") -> None:
        super().__init__("" if language == "nl" else language)
        with translation.override(language):
            self.answer = receipt_page(RequestFactory().get("/melden"), receipt)

    def value(self, name: str) -> str:
        """The text of the element with this id; empty when it is not there."""
        found = re.search(rf'id="{name}">([^<]*)<', self.page)
        return found[1] if found else ""

    @property
    def shows_both(self) -> bool:
        return bool(self.value("reference") and self.value("code"))


@pytest.fixture
def kept(office):
    """Written down, not sent."""
    return send(replace(TOLD, keeps_to_self=True))


def test_the_two_elements_hold_just_their_values(receipt) -> None:
    page = AtTheReceipt(receipt)
    assert (page.value("reference"), page.value("code")) == (receipt.reference, receipt.code)
    assert page.page.count(receipt.code) == page.page.count(receipt.reference) == 1
    keeps_to_the_contract(page.page, shows_the_receipt=True)


def test_the_page_carries_nothing_of_what_was_told(receipt) -> None:
    assert "magazijn" not in AtTheReceipt(receipt).page


def test_a_code_that_is_typed_over_well_opens_the_mailbox_and_says_so(receipt) -> None:
    page = AtTheReceipt(receipt).press("klopt", code=receipt.code.lower())
    assert page.answer.redirect_chain == [(HERE, 303)]
    assert "Je code klopt." in page.text
    assert "magazijn" in page.thread
    assert not page.shows_both
    assert "Je code klopt." not in page.look().text


@pytest.mark.parametrize("typed", ["", "kanarie", "7K3M", None])
def test_a_mistake_in_typing_it_over_costs_nobody_the_code(receipt, typed) -> None:
    page = AtTheReceipt(receipt)
    for _ in range(2):
        page.press("klopt", code=new_code() if typed is None else typed)
        assert page.answer.status_code == 400
        assert '<a href="#nog-eens">' in page.page
        assert 'aria-invalid="true"' in page.page
        assert page.shows_both
        assert "kanarie" not in page.page
        assert not page.client.cookies
    assert page.press("klopt", code=receipt.code).is_open


def test_after_a_while_the_page_gives_the_code_no_more_however_often_it_was_sent(
    receipt, monkeypatch
) -> None:
    page = AtTheReceipt(receipt)
    wait(monkeypatch, LATER - 2)
    assert page.press("klopt", code="").shows_both
    wait(monkeypatch, 2)
    page.press("klopt", code="")
    assert page.answer.status_code == 400
    assert not page.shows_both
    assert "Die bladzijde is te oud" in page.text
    assert page.opens(receipt).is_open  # from paper


def test_the_receipt_changes_language_and_stays_a_receipt(receipt) -> None:
    page = AtTheReceipt(receipt)
    page.address = f"{HERE}?taal=en"
    page.press("ontvangst")
    assert "We have received your report" in page.text
    assert (page.value("reference"), page.value("code")) == (receipt.reference, receipt.code)


def test_the_state_of_a_receipt_is_no_key_to_a_mailbox_and_no_cookie(receipt) -> None:
    page = AtTheReceipt(receipt)
    page.client.cookies[NAME] = page.state
    assert not page.look().is_open
    page.sends({"ga": "toon", "state": AtTheReceipt(receipt).state})
    assert not page.is_open


def test_no_other_page_has_both_elements(receipt) -> None:
    reporter = AtTheMailbox()
    pages = [reporter.page, reporter.opens(receipt).page]
    pages += [reporter.press(button).page for button in ("intrekken", "bestanden", "sluiten")]
    pages.append(already_received_page(RequestFactory().get("/melden")).content.decode())
    assert not [page for page in pages if 'id="reference"' in page or 'id="code"' in page]


def test_a_report_that_was_received_before_shows_neither_story_nor_code(receipt) -> None:
    page = already_received_page(RequestFactory().get("/melden")).content.decode()
    assert "Dit hebben wij al ontvangen" in page
    assert receipt.code not in page
    assert receipt.reference not in page


def test_who_keeps_it_to_oneself_reads_that_a_lost_code_is_a_lost_story_and_until_when(
    kept,
) -> None:
    page = AtTheReceipt(kept)
    day = KeptRecord.objects.get().expires_on
    assert "Niemand kan het lezen, wij ook niet." in page.text
    assert "Ben je hem kwijt, dan is je verhaal ook weg." in page.text
    assert f"tot en met {day.day} " in page.text
    assert "Wanneer kijk je weer?" not in page.text
    assert page.press("klopt", code=kept.code).is_open


def test_the_receipt_of_a_record_that_was_thrown_away_opens_nothing(kept) -> None:
    page = AtTheReceipt(kept)
    AtTheMailbox().opens(kept).press("weggooien").press("weggooien:ja")
    page.press("klopt", code=kept.code)
    assert page.answer.status_code == 400
    assert not page.is_open


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        (date(2026, 11, 30), date(2026, 12, 7)),  # a Monday
        (date(2026, 11, 28), date(2026, 12, 4)),  # a Saturday
        (date(2026, 12, 24), date(2027, 1, 4)),  # over Christmas and New Year
    ],
)
def test_the_day_to_come_back_is_five_working_days_on(sent, day) -> None:
    assert come_back_on(sent) == day
