"""A reporter opens the own mailbox: with reference and code, and with nothing else."""

import re
from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.intake.at_the_mailbox import HERE, AtTheMailbox, wait
from tests.intake.promises import keeps_to_the_contract
from tests.intake.reporters import send
from tests.intake.tellings import TOLD
from tests.publication.weight import weight
from tests.traces import traces
from vertrouwd.intake.postvak.asking import QUESTIONS
from vertrouwd.intake.postvak.cookie import NAME
from vertrouwd.sealing.reporter_codes import new_code, new_reference

OWN_WORDS = "De deur van het magazijn ging op slot."


def test_a_reporter_opens_the_mailbox_and_reads_what_was_told(receipt) -> None:
    reporter = AtTheMailbox().opens(receipt)
    assert reporter.answer.status_code == 200
    assert OWN_WORDS in reporter.thread
    assert reporter.answer.redirect_chain == [(HERE, 303)]  # nothing to send again
    assert "gaat er nog naar kijken" in reporter.text


def test_what_is_typed_carelessly_opens_as_well(receipt) -> None:
    reference = receipt.reference.lower().replace("-", " ")
    reporter = AtTheMailbox().tries(reference, receipt.code.lower().replace(" ", "-"))
    assert OWN_WORDS in reporter.thread


def test_before_a_right_code_there_is_no_cookie_and_after_it_one(receipt) -> None:
    reporter = AtTheMailbox()
    reporter.tries(receipt.reference, new_code())
    assert not reporter.client.cookies
    reporter.opens(receipt)
    assert list(reporter.client.cookies) == [NAME]
    cookie = reporter.client.cookies[NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 900)
    assert (cookie["path"], cookie["domain"], cookie["secure"]) == ("/", "", "")


def test_behind_tls_the_cookie_never_goes_without_it(receipt, settings) -> None:
    settings.TLS = True
    assert AtTheMailbox().opens(receipt).client.cookies[NAME]["secure"]


def test_who_has_the_cookie_alone_learns_nothing_from_it(receipt) -> None:
    reporter = AtTheMailbox().opens(receipt)
    key = reporter.answer.context["box"].key
    secrets = {"key": key, "code": receipt.code, "reference": receipt.reference}
    assert traces(secrets, {"cookie": reporter.client.cookies[NAME].value}) == []


def test_nothing_of_the_mailbox_stands_in_an_address_or_is_kept_by_a_browser(receipt) -> None:
    reporter = AtTheMailbox()
    for answer in (reporter.answer, reporter.opens(receipt).answer, reporter.look().answer):
        assert answer["Cache-Control"] == "no-store"
        assert "Vary" not in answer.headers
        assert "<title>Informatie</title>" in answer.content.decode()
    assert set(re.findall(r'action="([^"]*)"', reporter.page)) == {HERE, f"{HERE}?taal=en"}


def test_every_page_of_the_mailbox_keeps_to_the_contract(receipt, settings) -> None:
    settings.PROOF_KEY = bytes(32)
    keeps_to_the_contract(AtTheMailbox().page)
    keeps_to_the_contract(AtTheMailbox().tries(receipt.reference, new_code()).page)
    for each in (receipt, send(replace(TOLD, keeps_to_self=True))):
        reporter = AtTheMailbox().opens(each)
        for button in sorted(reporter.buttons & {*QUESTIONS, "bestanden", "bewijs"}):
            keeps_to_the_contract(reporter.look().press(button).page)
        keeps_to_the_contract(reporter.look().page)


def test_a_page_of_the_mailbox_weighs_no_more_than_a_slow_telephone_carries(receipt) -> None:
    reporter = AtTheMailbox()
    assert weight(reporter.client, HERE) <= 60_000
    reporter.opens(receipt)
    assert "magazijn" in reporter.thread
    assert weight(reporter.client, HERE) <= 60_000


WRONG = {
    "another code": lambda r: (r.reference, new_code()),
    "an unknown reference": lambda r: (new_reference(), r.code),
    "a mistyped reference": lambda r: (r.reference[:-1], r.code),
    "a mistyped code": lambda r: (r.reference, r.code[:-1]),
    "changed about": lambda r: (r.code, r.reference),
    "nothing": lambda r: ("", ""),
    "no code": lambda r: (r.reference, ""),
    "a script": lambda r: ("<script>kanarie</script>", "<b>kanarie</b>"),
    "a letter that is none": lambda r: ("\x00", "\udcff".encode("utf-8", "surrogatepass")),
    "very much": lambda r: (r.reference, "7K3M" * 100_000),
}


def test_whatever_is_wrong_has_one_answer_that_takes_the_same_questions(receipt) -> None:
    answers, asked = set(), set()
    for typed in WRONG.values():
        reporter = AtTheMailbox()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reporter.tries(*typed(receipt))
        asked.add(tuple(re.sub(r"'[^']*'", "?", each["sql"]) for each in queries))
        answers.add((
            reporter.answer.status_code, reporter.page, tuple(reporter.answer.headers.items()),
        ))  # fmt: skip
    assert len(answers) == 1
    assert len(asked) == 1


def test_an_error_leads_to_the_fields_and_repeats_nothing(receipt) -> None:
    reporter = AtTheMailbox().tries(receipt.reference, "kanarie")
    assert reporter.answer.status_code == 400
    assert 'class="error-summary' in reporter.page
    for field in ("postvak-nummer", "postvak-code"):
        assert f'<a href="#{field}">' in reporter.page
        assert f'id="{field}"' in reporter.page
    assert reporter.page.count('aria-invalid="true"') == 2
    assert "kanarie" not in reporter.page
    assert receipt.reference not in reporter.page


def test_the_cookie_of_one_reporter_opens_nothing_of_another(receipt) -> None:
    other = send(replace(TOLD, texts={"narrative": "Het was in de gymzaal."}))
    first, second = AtTheMailbox().opens(receipt), AtTheMailbox().opens(other)
    assert OWN_WORDS in first.thread
    assert OWN_WORDS not in second.look().thread
    assert "gymzaal" in second.thread


def test_a_cookie_that_was_changed_opens_nothing_and_goes(receipt) -> None:
    for change in (lambda v: v[:-1] + ("A" if v[-1] != "A" else "B"), lambda v: "1.AAAA"):
        reporter = AtTheMailbox().opens(receipt)
        reporter.client.cookies[NAME] = change(reporter.client.cookies[NAME].value)
        reporter.look()
        assert not reporter.is_open
        assert reporter.client.cookies[NAME]["max-age"] == 0


def test_after_a_quarter_of_an_hour_it_is_shut_and_each_page_begins_it_anew(
    receipt, monkeypatch
) -> None:
    reporter = AtTheMailbox().opens(receipt)
    for _ in range(3):
        wait(monkeypatch, 14)
        assert reporter.look().is_open
    wait(monkeypatch, 16)
    assert not reporter.look().is_open
    assert "Open mijn postvak" in reporter.text


def test_who_closes_it_leaves_nothing_that_opens_it(receipt) -> None:
    reporter = AtTheMailbox().opens(receipt)
    reporter.press("sluiten")
    assert "Je postvak is dicht" in reporter.text
    assert reporter.client.cookies[NAME]["max-age"] == 0
    assert not reporter.look().is_open


def test_the_quick_exit_closes_it_too(receipt) -> None:
    reporter = AtTheMailbox().opens(receipt)
    answer = reporter.client.get("/weg")
    assert answer.cookies[NAME]["max-age"] == 0
    assert answer["Cache-Control"] == "no-store"
    assert not reporter.look().is_open


def test_closing_a_mailbox_that_is_not_open_sets_no_cookie(db) -> None:
    reporter = AtTheMailbox().press("sluiten")
    assert "Je postvak is dicht" in reporter.text
    assert not reporter.client.cookies


def test_the_page_speaks_english_by_a_button_and_stays_what_it_is(receipt) -> None:
    reporter = AtTheMailbox()
    reporter.address = f"{HERE}?taal=en"
    assert "Open my mailbox" in reporter.press("begin").text
    reporter.opens(receipt)
    assert reporter.answer.redirect_chain == [(f"{HERE}?taal=en", 303)]
    assert "This is what you told" in reporter.thread
