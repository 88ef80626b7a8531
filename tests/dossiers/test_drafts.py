"""A draft is sealed to its author alone, is never overwritten by an older window, and goes."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from tests.people import make_user
from vertrouwd.accounts.models import Holding
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import DraftKind
from vertrouwd.dossiers.drafts import (
    DAYS_KEPT,
    Gone,
    NewerWindow,
    drafts_of,
    forget_old_drafts,
    handed_in,
    open_draft,
    save_draft,
    throw_away,
)
from vertrouwd.dossiers.models import Draft
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.own_texts import NotVouchedFor
from vertrouwd.sealing.unreadable import Unreadable

STORY = "Zij zei: «hij wacht mij op». سلام 👩‍👧"


def save(by, text=STORY, *, record, saved=0, window="a", now=None) -> Draft:
    return save_draft(
        text, record=record, saved=saved, window=window, kind=DraftKind.CALL, by=by, now=now
    )


def test_what_is_saved_is_opened_by_its_author_and_stands_nowhere_in_clear(team, ine):
    draft = save(ine, record=new_record())
    assert STORY.encode() not in bytes(Draft.objects.get().sealed)
    assert open_draft(draft.pk, by=ine, opened=team.opened(ine))[1] == STORY
    acts = [line.action for line in Line.objects.filter(kind="draft")]
    assert acts == ["begin_draft", "open_draft"]


def test_a_colleague_finds_no_draft_and_the_key_of_a_colleague_opens_none(team, ine):
    colleague = make_user("cor", roles=[Role.INSPECTOR])
    opened = team.add(colleague)
    draft = save(ine, record=new_record())
    with pytest.raises(Http404):
        open_draft(draft.pk, by=colleague, opened=opened)
    with pytest.raises(Http404):
        throw_away(draft.pk, by=colleague)
    with pytest.raises(Unreadable):
        open_draft(draft.pk, by=ine, opened=opened)
    assert drafts_of(colleague, kind=DraftKind.CALL) == []


def test_an_older_save_that_was_put_back_does_not_open_as_the_newer_one(team, ine):
    record = new_record()
    older = bytes(save(ine, record=record).sealed)
    draft = save(ine, "het vervolg", record=record, saved=1)
    Draft.objects.update(sealed=older)
    with pytest.raises(Unreadable):
        open_draft(draft.pk, by=ine, opened=team.opened(ine))


def test_an_older_window_does_not_overwrite_a_newer_one(team, ine):
    record = new_record()
    save(ine, record=record, window="a")
    draft = save(ine, "verder", record=record, saved=1, window="b")
    with pytest.raises(NewerWindow):
        save(ine, "oud", record=record, saved=1, window="a")
    assert open_draft(draft.pk, by=ine, opened=team.opened(ine))[1] == "verder"


def test_a_window_whose_answer_was_lost_goes_on(team, ine):
    record = new_record()
    save(ine, record=record, window="a")
    assert save(ine, "verder", record=record, saved=0, window="a").saved == 2


def test_what_was_handed_in_or_thrown_away_does_not_come_back(team, ine):
    record = new_record()
    draft = save(ine, record=record)
    throw_away(draft.pk, by=ine)
    with pytest.raises(Gone):
        save(ine, "nog iets", record=record, saved=1)
    save(ine, record=(other := new_record()))
    handed_in(other, by=ine)
    with pytest.raises(Gone):
        save(ine, "nog iets", record=other, saved=1)
    assert not Draft.objects.exists()


def test_a_draft_of_a_colleague_is_not_overwritten(team, ine):
    colleague = make_user("cor", roles=[Role.INSPECTOR])
    team.add(colleague)
    record = new_record()
    save(ine, record=record)
    with pytest.raises(Gone):
        save(colleague, record=record, saved=1)


def test_nothing_is_sealed_to_a_key_that_no_colleague_granted(team, ine):
    newcomer = make_user("nieuw", roles=[Role.INSPECTOR])
    with pytest.raises(NotVouchedFor):
        save(newcomer, record=new_record())
    public = SecretKey.generate().public.data
    Holding.objects.create(
        user=newcomer,
        holder=HolderKey.objects.create(public_key=public, made_at=timezone.now()),
    )
    with pytest.raises(NotVouchedFor):
        save(newcomer, record=new_record())
    HolderKey.objects.filter(holding__user=ine).update(public_key=public)  # somebody exchanged it
    with pytest.raises(NotVouchedFor):
        save(ine, record=new_record())


def test_a_draft_is_kept_for_two_weeks_after_the_last_save(team, ine):
    now = timezone.now()
    draft = save(ine, record=new_record(), now=now)
    later = now + timedelta(days=DAYS_KEPT)
    assert forget_old_drafts(now=later - timedelta(seconds=1)) == 0
    assert [each.until for each in drafts_of(ine, kind=DraftKind.CALL)] == [later]
    assert drafts_of(ine, kind=DraftKind.CALL, now=later) == []
    with pytest.raises(Http404):
        open_draft(draft.pk, by=ine, opened=team.opened(ine), now=later)
    assert forget_old_drafts(now=later) == 1


def test_a_long_story_in_any_script_comes_back_sign_by_sign(team, ine):
    story = "🧑‍🦽 قال لي " * 10_000
    draft = save(ine, story, record=new_record())
    assert open_draft(draft.pk, by=ine, opened=team.opened(ine))[1] == story
