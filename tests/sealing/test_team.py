"""The team key is the one whose fingerprint stands outside the database, or none."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.teams import make_opened_team
from vertrouwd.sealing import pin, team
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.ceremony import TeamExists, draft_team, found_team, make_team
from vertrouwd.sealing.holders import grant_holder
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey, RecoveryKey, TeamKey
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.rotation import begin
from vertrouwd.sealing.team_secret import TeamSecret
from vertrouwd.sealing.terms import KeyState, Purpose
from vertrouwd.sealing.texts import seal_texts
from vertrouwd.sealing.unreadable import Unreadable


def new_holder() -> tuple[SecretKey, HolderKey]:
    secret = SecretKey.generate()
    return secret, HolderKey.objects.create(
        public_key=secret.public.data, made_at=timezone.now(), signature=b""
    )


def slip_in(**fields) -> TeamSecret:
    """Put a key of one's own in the place of the live one, as who can write the database can."""
    version = TeamKey.objects.get(state=KeyState.LIVE).version
    own = TeamSecret.generate(version)
    public, signing = own.public_keys
    TeamKey.objects.filter(version=version).update(public_key=public, signing_key=signing, **fields)
    return own


def test_without_a_team_nothing_is_sealed(home, actor):
    with pytest.raises(team.NoTeam):
        seal_texts(new_record(), Purpose.NOTES, {"note": "x"}, by=actor)


def test_the_live_team_is_the_pinned_one(opened):
    assert team.live_team().fingerprint == pin.pinned()
    assert len(team.live_team().fingerprint.split()) == 10


def test_a_public_key_that_was_exchanged_in_the_database_is_refused(opened, actor):
    slip_in()
    with pytest.raises(team.NotPinned):
        seal_texts(new_record(), Purpose.NOTES, {"note": "x"}, by=actor)


def test_a_recovery_key_that_was_exchanged_in_the_database_is_refused(opened, actor):
    RecoveryKey.objects.update(public_key=SecretKey.generate().public.data)
    with pytest.raises(team.NotPinned):
        begin(opened=opened, by=actor)


@pytest.mark.parametrize("content", [None, "", "12345", "geen cijfers"])
def test_a_team_that_is_not_pinned_is_refused(opened, home, content):
    (home / pin.NAME).unlink()
    if content is not None:
        (home / pin.NAME).write_text(content)
    with pytest.raises(team.NotPinned):
        team.live_team()


def test_the_environment_decides_over_the_file(opened, home, monkeypatch):
    right = pin.pinned()
    monkeypatch.setenv("VERTROUWD_TEAM_FINGERPRINT", "00000 " * 10)
    with pytest.raises(team.NotPinned):
        team.live_team()
    (home / pin.NAME).unlink()
    monkeypatch.setenv("VERTROUWD_TEAM_FINGERPRINT", right.replace(" ", ""))
    assert team.live_team().version == 1


def test_after_a_rotation_the_pin_of_before_still_vouches_for_the_live_key(
    opened, actor, monkeypatch
):
    monkeypatch.setenv("VERTROUWD_TEAM_FINGERPRINT", pin.pinned())
    begin(opened=opened, by=actor)
    assert team.live_team().version == 2


def test_a_next_key_that_the_pinned_one_did_not_vouch_for_is_refused(opened, actor, home):
    before = pin.pinned()
    begin(opened=opened, by=actor)
    (home / pin.NAME).write_text(before)
    own = slip_in()
    TeamKey.objects.filter(version=2).update(
        signature=own.vouch_for_next(2, *team.covered(TeamKey.objects.get(version=2)))
    )
    with pytest.raises(team.NotPinned):
        team.live_team()


def test_nothing_is_sealed_to_a_key_from_before_the_pinned_one(opened, actor):
    """Who can write the database cannot bring back a key that a leaver holds, nor invent one."""
    rotation = begin(opened=opened, by=actor)
    pin.pin(rotation.to_key.fingerprint)
    TeamKey.objects.filter(version=2).update(
        state=KeyState.RETIRED, retired_at=timezone.now(), sealed_for_recovery=None
    )
    TeamKey.objects.filter(version=1).update(state=KeyState.LIVE)
    with pytest.raises(team.NotPinned, match="older"):
        team.live_team()


def test_there_is_one_live_team_key(opened):
    first = TeamKey.objects.get()
    first.pk, first.version = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_a_team_is_made_once(opened, actor):
    with pytest.raises(TeamExists):
        make_team(holders=[opened.holder], by=actor)


def test_a_team_needs_a_first_holder(home, actor):
    with pytest.raises(ValueError, match="holder"):
        found_team(draft_team(), holders=[], by=actor)


def test_a_holder_whose_key_nobody_vouched_for_opens_nothing(opened):
    """A grant alone does not do: it could be the one of another team, with another team key."""
    HolderKey.objects.update(signature=b"", signed_by=None)
    with pytest.raises(Unreadable):
        Opened(opened._secret, opened.holder).secret_of(1)


def test_a_holder_key_with_somebody_elses_signature_opens_nothing(opened, actor):
    secret, holder = new_holder()
    grant_holder(holder, opened=opened, by=actor)
    HolderKey.objects.filter(pk=holder.pk).update(signature=opened.holder.signature)
    with pytest.raises(Unreadable):
        Opened(secret, holder).secret_of(1)


def test_a_team_key_slipped_in_with_a_grant_of_its_own_opens_nothing(opened):
    own = slip_in()
    grant = opened.holder.grants.get()
    grant.sealed_secret = own.sealed_to(opened._secret.public)
    grant.save()
    HolderKey.objects.update(signature=own.vouch_for_holder(opened.holder.public_key))
    with pytest.raises(Unreadable):
        Opened(opened._secret, opened.holder).secret_of(1)


def test_the_fingerprint_changes_with_any_key_it_covers(db, home):
    make_opened_team()
    key = TeamKey.objects.get()
    seen = {key.fingerprint}
    for thing, field in ((key, "public_key"), (key, "signing_key"), (key.recovery, "public_key")):
        before = bytes(getattr(thing, field))
        setattr(thing, field, bytes([before[0] ^ 1]) + before[1:])
        seen.add(key.fingerprint)
        setattr(thing, field, before)
    assert len(seen) == 4
