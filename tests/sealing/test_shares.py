"""Any three of five papers give the recovery key back; two, or papers of another set, do not."""

import itertools
import random
import subprocess
import sys
from dataclasses import replace

import pyshamir
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.qr import qr_svg, qr_terminal
from vertrouwd.sealing.shares import (
    WrongShare,
    combine,
    new_set_id,
    read_line,
    read_share,
    split,
)
from vertrouwd.sealing.speakable import ALPHABET

KEY, OTHER = SecretKey(bytes(range(96))), SecretKey.generate()
SET = "0123456789ab"
SHARES = split(KEY.seed, set_id=SET)
TEXT = SHARES[0].text
# Written by other arithmetic than the program has.
PRINTED = """
1) 040J 6HB7 H6NG 20R0 0410 61HZ
2) 050R 3GG2 8A1C 60T3 GF20 8HDR
3) 44RM 2MB1 E60S 38DH R78Y 3WVX
4) G228 H34G JJC9 S854 N2PB 1DBD
5) 5RQK 0C9J 6CT3 ADHQ 70WK MEKN
6) SW7M Z3YG 2189 1M8H A68X 44XM
7) JJJB 9H6M WKTG A595 6N2N ASW8
8) BNGP ATBD E5TQ JZC3 QC3X NG3F
"""


def test_any_three_of_the_five_give_the_key_back_in_any_order():
    for three in itertools.permutations(SHARES, 3):
        assert combine(three, public=KEY.public).seed == KEY.seed


def test_four_or_five_shares_give_it_back_as_well():
    assert combine(SHARES[1:], public=KEY.public).seed == KEY.seed
    assert combine(SHARES, public=KEY.public).seed == KEY.seed


def test_fewer_than_three_are_refused():
    with pytest.raises(WrongShare, match="There are no shares"):
        combine([], public=KEY.public)
    for two in itertools.combinations(SHARES, 2):
        with pytest.raises(WrongShare, match="3 shares are needed, not 2"):
            combine(two, public=KEY.public)


def test_two_shares_that_say_two_are_enough_do_not_give_the_key():
    forged = [replace(share, threshold=2) for share in SHARES[:2]]
    with pytest.raises(WrongShare, match="do not give the recovery key"):
        combine(forged, public=KEY.public)


def test_a_share_given_twice_is_named():
    with pytest.raises(WrongShare, match="Share 2 was given twice"):
        combine([SHARES[0], SHARES[1], SHARES[1]], public=KEY.public)
    with pytest.raises(WrongShare, match="do not belong together"):
        combine([*SHARES[:2], replace(SHARES[1], index=3)], public=KEY.public)


def test_a_share_of_another_set_is_named():
    others = split(OTHER.seed, set_id=new_set_id())
    with pytest.raises(WrongShare, match=f"Share 3 is of another set.*{SET}"):
        combine([*SHARES[:2], others[2]], public=KEY.public)


def test_shares_of_an_older_key_are_told_by_the_public_key():
    with pytest.raises(WrongShare, match="do not give the recovery key of this installation"):
        combine(SHARES[:3], public=OTHER.public)
    older = split(OTHER.seed, set_id=SET)
    with pytest.raises(WrongShare, match="do not give the recovery key"):
        combine([*SHARES[:2], older[2]], public=KEY.public)


def test_what_is_on_paper_is_read_back():
    for share in SHARES:
        assert read_share(share.text) == share
        assert read_share(share.for_qr) == share


def test_the_form_on_paper_is_eight_numbered_lines_of_six_groups():
    lines = TEXT.splitlines()
    assert [line[:3] for line in lines] == [f"{number}) " for number in range(1, 9)]
    assert all([len(group) for group in line[3:].split()] == [4] * 6 for line in lines)


def test_a_paper_printed_today_is_read_for_ever():
    share = read_share(PRINTED)
    assert (share.set_id, share.index, share.threshold) == (SET, 1, 3)
    assert share.data == bytes(range(97))


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda text: text.replace(" ", ""),
        lambda text: text.replace(" ", " - "),
        lambda text: text.replace(") ", ": ").replace("\n", "\n\n"),
        lambda text: "\n".join(line[3:] for line in text.splitlines()),
        lambda text: text[:3] + text[3:].replace("0", "O"),
        lambda text: "\n".join(line[:3] + line[3:].replace("1", "l") for line in text.splitlines()),
    ],
)
def test_the_way_a_share_is_typed_does_not_matter(change):
    assert read_share(change(TEXT)) == SHARES[0]


@given(line=st.integers(0, 7), at=st.integers(3, 31), data=st.data())
def test_one_wrong_sign_names_its_line(line, at, data):
    lines = TEXT.splitlines()
    if lines[line][at] == " ":
        return
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda sign: sign != lines[line][at]))
    lines[line] = lines[line][:at] + other + lines[line][at + 1 :]
    with pytest.raises(WrongShare, match=f"Line {line + 1} of this share does not check"):
        read_share("\n".join(lines))


@given(data=st.data())
def test_two_wrong_signs_in_a_line_are_always_found(data):
    signs = list(TEXT.splitlines()[0][3:].replace(" ", ""))
    for at in data.draw(st.sets(st.integers(0, 23), min_size=2, max_size=2)):
        signs[at] = data.draw(st.sampled_from(ALPHABET).filter(lambda s, at=at: s != signs[at]))
    with pytest.raises(WrongShare):
        read_line("".join(signs), 1)


def test_lines_that_changed_places_are_noticed():
    lines = [line[3:] for line in TEXT.splitlines()]
    lines[2], lines[5] = lines[5], lines[2]
    with pytest.raises(WrongShare, match="Line 3"):
        read_share("\n".join(lines))


def test_lines_of_two_papers_do_not_make_a_share():
    mixed = TEXT.splitlines()[:4] + SHARES[1].text.splitlines()[4:]
    with pytest.raises(WrongShare, match="different shares"):
        read_share("\n".join(mixed))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "8 lines, not 0"),
        (TEXT.rpartition("\n")[0], "8 lines, not 7"),
        (TEXT[:-1], "Line 8 has 23 signs, not 24"),
        (TEXT[:-1] + "*", "Line 8 has a sign that does not occur"),
    ],
)
def test_what_is_missing_or_strange_is_named(text, message):
    with pytest.raises(WrongShare, match=message):
        read_share(text)


@settings(max_examples=300)
@given(text=st.text(max_size=300) | st.text(alphabet=ALPHABET + "\n) ", max_size=300))
def test_any_other_text_is_a_wrong_share(text):
    with pytest.raises(WrongShare):
        read_share(text)


def test_an_error_or_a_name_never_shows_what_is_on_the_paper():
    assert repr(SHARES[0]) == f"Share 1 of set {SET}"
    lines = TEXT.splitlines()
    with pytest.raises(WrongShare) as caught:
        read_share("\n".join([*lines[:-1], lines[-1][:-1]]))
    assert not any(group in str(caught.value) for group in lines[-1][3:].split())


def test_a_seed_or_a_set_of_another_size_is_refused():
    with pytest.raises(ValueError, match="96 bytes"):
        split(bytes(32), set_id=SET)
    with pytest.raises(ValueError, match="12 hex digits"):
        split(KEY.seed, set_id="01")


# pyshamir itself, against arithmetic of our own.

EXPONENTS = [1]
while len(EXPONENTS) < 255:  # powers of 3 modulo x^8 + x^4 + x^3 + x + 1
    doubled = EXPONENTS[-1] << 1
    EXPONENTS.append((doubled ^ 0x11B if doubled & 256 else doubled) ^ EXPONENTS[-1])


def product(*factors: int) -> int:
    if 0 in factors:
        return 0
    return EXPONENTS[sum(EXPONENTS.index(factor) for factor in factors) % 255]


def interpolated(points: list[tuple[int, int]]) -> int:
    """The value at 0 of the polynomial through the points, over GF(256)."""
    total = 0
    for x, y in points:
        others = [other for other, _ in points if other != x]
        under = product(*(x ^ other for other in others))
        inverse = EXPONENTS[-EXPONENTS.index(under) % 255]
        total ^= product(y, *others, inverse)
    return total


def test_the_library_splits_as_shamir_wrote():
    secret = bytes(range(256))
    parts = pyshamir.split(secret, 5, 3)
    for three in itertools.combinations(parts, 3):
        found = [interpolated([(p[-1], p[at]) for p in three]) for at in range(len(secret))]
        assert bytes(found) == secret == bytes(pyshamir.combine(list(three)))


def test_two_shares_of_the_library_leave_every_secret_equally_possible():
    """Given two shares, each guess of the secret is met by exactly one third share."""
    first, second = pyshamir.split(b"\x2a", 5, 3)[:2]
    x = next(x for x in range(1, 256) if x not in (first[-1], second[-1]))
    points = [(first[-1], first[0]), (second[-1], second[0])]
    assert {interpolated([*points, (x, y)]) for y in range(256)} == set(range(256))


def test_the_library_draws_shares_evenly():
    """Chi-squared over the first byte of a share: 255 degrees, one in a million above 385."""
    drawn = [0] * 256
    for _ in range(5000):
        drawn[pyshamir.split(b"\x00", 2, 2)[0][0]] += 1
    assert sum((count - 5000 / 256) ** 2 / (5000 / 256) for count in drawn) < 385


# QR


def test_a_share_as_qr_code_is_a_picture_and_lines_for_a_terminal():
    assert qr_svg(SHARES[0].for_qr).lstrip().startswith("<?xml")
    assert "<svg" in qr_svg(SHARES[0].for_qr)
    lines = qr_terminal(SHARES[0].for_qr).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert len(lines[0]) <= 80


def test_a_qr_code_needs_no_library_for_images():
    code = (
        "import sys; sys.modules['PIL'] = None\n"
        "from vertrouwd.sealing.qr import qr_svg, qr_terminal\n"
        "print(len(qr_svg('ABC')) > 100 and len(qr_terminal('ABC')) > 100)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "True\n"


def test_shuffled_papers_of_many_ceremonies_never_combine_across_sets():
    draw = random.Random(1)
    sets = [split(KEY.seed, set_id=new_set_id()) for _ in range(4)]
    for _ in range(20):
        chosen = [draw.choice(draw.choice(sets)) for _ in range(3)]
        if len({share.set_id for share in chosen}) > 1:
            with pytest.raises(WrongShare):
                combine(chosen, public=KEY.public)
