"""Three of five shares open the team again; two, or those of another ceremony, do not."""

import pytest
from django.utils import timezone

from vertrouwd.sealing import pin
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.ceremony import draft_team, make_team
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import Grant, HolderKey, TeamKey
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.recovery import open_for, recovered_key
from vertrouwd.sealing.rotation import begin, rotate
from vertrouwd.sealing.shares import WrongShare
from vertrouwd.sealing.team import NotPinned, live_team, pin_from_paper
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts
from vertrouwd.sealing.unreadable import Unreadable


def new_opened() -> Opened:
    secret = SecretKey.generate()
    holder = HolderKey.objects.create(
        public_key=secret.public.data, made_at=timezone.now(), signature=b""
    )
    return Opened(secret, holder)


@pytest.fixture
def made(db, home, actor):
    """(first holder, shares, record) of a team with one sealed text."""
    first, record = new_opened(), new_record()
    _, _, shares = make_team(holders=[first.holder], by=actor)
    seal_texts(record, Purpose.NOTES, {"note": "kept"}, by=actor)
    return first, shares, record


@pytest.mark.parametrize("which", [(0, 1, 2), (4, 2, 0), (3, 1, 4)])
def test_any_three_shares_open_the_team_for_somebody_else(made, actor, which):
    _, shares, record = made
    Grant.objects.all().delete()  # nobody can unlock any more
    newcomer = new_opened()
    open_for(newcomer.holder, recovery=recovered_key([shares[n] for n in which]), by=actor)
    assert newcomer.texts(record, Purpose.NOTES) == {"note": "kept"}


def test_shares_stay_good_through_rotations(made, actor):
    first, shares, record = made
    rotate(opened=first, by=actor)
    begin(opened=Opened(first._secret, first.holder), by=actor)  # and one that is not finished
    newcomer = new_opened()
    open_for(newcomer.holder, recovery=recovered_key(shares[:3]), by=actor)
    assert newcomer.texts(record, Purpose.NOTES) == {"note": "kept"}
    rotate(opened=newcomer, by=actor)
    assert live_team().version == 3


def test_two_shares_open_nothing(made):
    with pytest.raises(WrongShare, match="3 shares are needed"):
        recovered_key(made[1][:2])


def test_shares_of_another_ceremony_open_nothing(made):
    with pytest.raises(WrongShare, match="no recovery key of this installation"):
        recovered_key(draft_team().shares[:3])


def test_a_share_of_another_ceremony_among_them_is_named(made):
    with pytest.raises(WrongShare, match="another set"):
        recovered_key([*made[1][:2], draft_team().shares[2]])


def test_a_team_secret_of_somebody_elses_making_is_not_taken_for_ours(made, actor):
    other = draft_team()
    TeamKey.objects.update(
        sealed_for_recovery=other.secret.sealed_to(
            recovered_key(made[1][:3]).public, purpose="team secret for recovery"
        )
    )
    with pytest.raises(Unreadable):
        open_for(new_opened().holder, recovery=recovered_key(made[1][:3]), by=actor)


def test_a_home_without_its_pin_takes_the_fingerprint_that_stands_on_the_shares(made, home, actor):
    first, shares, _ = made
    on_paper = pin.pinned()
    rotate(opened=first, by=actor)
    (home / pin.NAME).unlink()
    with pytest.raises(NotPinned):
        open_for(new_opened().holder, recovery=recovered_key(shares[:3]), by=actor)
    with pytest.raises(NotPinned):
        pin_from_paper("12345 " * 10)
    with pytest.raises(NotPinned):
        pin_from_paper("")
    pin_from_paper(on_paper)
    assert pin.pinned() == live_team().fingerprint
    open_for(new_opened().holder, recovery=recovered_key(shares[:3]), by=actor)
