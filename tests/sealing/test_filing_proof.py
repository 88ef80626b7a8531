"""Who asks for it takes away a proof that something was filed that week; it tells nothing else."""

import inspect
import os
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vertrouwd.sealing.filing_proof import (
    Miscopied,
    check_proof,
    make_proof,
    open_proof,
    opening_of,
    published_key,
)
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code
from vertrouwd.sealing.signing import NotSigned, SigningKey

SEED = bytes(range(32))
PUBLIC = SigningKey(SEED).public
OPENING = opening_of(mailbox_key("7K3M 9QTX 4B2D WN8P", salt=bytes(16)))
CONTENT = b"Mijn coach stuurt mij elke avond berichten."
DAY = date(2026, 11, 29)  # a Sunday
BYTES = st.binary(min_size=32, max_size=32)
CONTENTS = st.binary(max_size=2000)
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
RECIPE = Path(__file__).parents[2] / "docs" / "decisions" / "filing-proof.md"

# By HMAC-SHA256 and Ed25519 by hand, not by this program.
KNOWN = (
    "V1 2026-W48\n"
    "IJXY TZQC 27QO ZYPX RYXS QDET AXAV DTMG 5S55 XTPX "
    "WXAC C6PU PJ5K Z5JV ZHDG EUFP NR6K 46O5 Q7J7 T22S "
    "5ADU DVBI B2CB L5KB VP5I 5SOV N2OW 2RV2 F6AP CEOM "
    "QSAR 7SHX EGJW IFIB GICM M55A 27BM 5RZR ANYB D2LY"
)


def proof(*, seed=SEED, opening=OPENING, content=CONTENT, week=DAY) -> str:
    return make_proof(signing_seed=seed, opening=opening, content=content, week=week)


PROOF = proof()


def symbols(text: str) -> str:
    return text.partition("\n")[2].replace(" ", "")


@given(seed=BYTES, opening=BYTES, content=CONTENTS, week=DAYS)
def test_a_proof_names_the_week_and_opens_for_who_has_the_code(seed, opening, content, week):
    text = proof(seed=seed, opening=opening, content=content, week=week)
    assert check_proof(text, SigningKey(seed).public) == f"{week:%G-W%V}"
    assert open_proof(text, opening, content)


@given(opening=BYTES, content=CONTENTS, week=DAYS)
def test_two_proofs_of_one_filing_are_the_same_text(opening, content, week):
    twice = {proof(opening=opening, content=content, week=week) for _ in range(2)}
    monday = week - timedelta(days=week.weekday())
    days = {monday + timedelta(days=n) for n in range(7)}
    assert twice == {proof(opening=opening, content=content, week=day) for day in days}


@given(opening=BYTES, content=CONTENTS)
def test_another_content_or_another_opening_does_not_open(opening, content):
    assume((opening, content) != (OPENING, CONTENT))
    assert not open_proof(PROOF, opening, content)
    assert open_proof(PROOF, OPENING, content) == (content == CONTENT)
    assert open_proof(PROOF, opening, CONTENT) == (opening == OPENING)


@given(contents=st.tuples(CONTENTS, CONTENTS), openings=st.tuples(BYTES, BYTES))
def test_of_two_filings_nothing_is_the_same_but_the_week(contents, openings):
    """Not even when the same words were filed twice: no run of eight symbols is in both."""
    assume(openings[0] != openings[1])
    one, other = (
        proof(opening=opening, content=content)
        for opening, content in zip(openings, contents, strict=True)
    )
    assert one.splitlines()[0] == other.splitlines()[0] == "V1 2026-W48"
    runs = [{symbols(text)[at : at + 8] for at in range(153)} for text in (one, other)]
    assert not runs[0] & runs[1]


@given(content=st.integers(0, 100_000).map(bytes))
def test_a_proof_is_as_long_for_a_word_as_for_a_life_story(content):
    text = proof(content=content)
    assert re.fullmatch(r"V1 2026-W48\n[A-Z2-7]{4}( [A-Z2-7]{4}){39}", text)


def test_a_proof_follows_from_no_reference_school_or_size():
    """Nothing else than these can enter, and of the content only what nobody can turn back."""
    asked = set(inspect.signature(make_proof).parameters)
    assert asked == {"signing_seed", "opening", "content", "week"}


def test_the_opening_follows_from_the_code_and_is_not_the_key_of_the_mailbox():
    code, salt = new_code(), bytes(16)
    key = mailbox_key(code, salt=salt)
    assert opening_of(key) == opening_of(mailbox_key(code.lower(), salt=salt))
    assert len({key, opening_of(key), opening_of(mailbox_key(new_code(), salt=salt))}) == 3
    with pytest.raises(ValueError, match="32 bytes"):
        proof(opening=b"too short")


@given(data=st.data())
def test_a_proof_in_which_one_symbol_is_another_is_refused(data):
    at = data.draw(st.sampled_from([n for n, sign in enumerate(PROOF) if sign.isalnum()]))
    like = {"O": "0", "I": "1", "B": "8"}.get(PROOF[at], "")
    others = [sign for sign in SYMBOLS + "0189é*" if sign not in PROOF[at] + like]
    wrong = data.draw(st.sampled_from(others))
    with pytest.raises(Miscopied):
        check_proof(PROOF[:at] + wrong + PROOF[at + 1 :], PUBLIC)


def test_a_proof_whose_check_was_made_to_fit_is_refused_by_its_signature(monkeypatch):
    """A forger copies no signature to another week, and none to another filing."""
    from vertrouwd.sealing.filing_proof import _Proof

    real, other = _Proof.read(PROOF), _Proof.read(proof(content=b"Iets anders."))
    forged = [
        _Proof("2026-W47", real.commitment, real.signature),
        _Proof(real.week, other.commitment, real.signature),
        _Proof(real.week, real.commitment, bytes(64)),
    ]
    for each in forged:
        with pytest.raises(NotSigned):
            check_proof(each.written(), PUBLIC)
    assert check_proof(real.written(), PUBLIC) == "2026-W48"


@given(seed=BYTES)
def test_another_installation_did_not_sign_it(seed):
    assume(seed != SEED)
    with pytest.raises(NotSigned):
        check_proof(PROOF, SigningKey(seed).public)


@given(typed=st.text(max_size=400))
def test_what_somebody_makes_up_is_no_proof(typed):
    for text in (typed, PROOF + typed.replace(" ", "x") + "A", PROOF[:-1] + typed[:1] + "="):
        with pytest.raises(Miscopied):
            check_proof(text, PUBLIC)


@pytest.mark.parametrize(
    "typed",
    [
        PROOF.lower(),
        PROOF.replace(" ", ""),
        PROOF.replace(" ", "\n"),
        PROOF.replace("\n", "\r\n") + "\r\n",
        PROOF.replace(" ", "-"),
        PROOF[:11] + PROOF[11:].replace("O", "0").replace("I", "1").replace("B", "8"),
        "\ufeff" + PROOF,
    ],
)
def test_a_proof_is_read_however_it_was_copied(typed):
    assert check_proof(typed, PUBLIC) == "2026-W48"
    assert open_proof(typed, OPENING, CONTENT)


def test_a_text_without_end_is_not_looked_at():
    with pytest.raises(Miscopied):
        check_proof(PROOF + " " * 5000, PUBLIC)


def test_the_form_of_a_proof_never_changes():
    assert PROOF == KNOWN


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_anybody_checks_and_opens_a_proof_by_hand_as_the_decision_says(tmp_path):
    steps = re.findall(r"```sh\n(.*?)```", RECIPE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "key.pem").write_text(published_key(SEED))
    (tmp_path / "proof.txt").write_text(PROOF + "\n")
    (tmp_path / "filed").write_bytes(CONTENT)

    def by_hand() -> subprocess.CompletedProcess:
        return subprocess.run(
            ["sh", "-eu", "-c", "".join(steps)],
            env=os.environ | {"OPENING": OPENING.hex()},
            cwd=tmp_path, capture_output=True, text=True,
        )  # fmt: skip

    done = by_hand()
    assert (done.returncode, done.stderr) == (0, "")
    assert "Verified Successfully" in done.stdout
    for name, wrong in (("key.pem", published_key(bytes(32))), ("filed", "Iets anders.")):
        right = (tmp_path / name).read_text()
        (tmp_path / name).write_text(wrong)
        assert by_hand().returncode != 0
        (tmp_path / name).write_text(right)
    assert by_hand().returncode == 0
