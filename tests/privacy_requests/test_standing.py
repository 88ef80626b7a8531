"""Laws of what stands: whatever is weighed, in whatever order, an agreement holds for exactly what
was looked at."""

from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.privacy_requests.standing import (
    Looked,
    Piece,
    Weighed,
    changed_since,
    contents_of,
    last_of_each,
    stage_of,
    to_weigh,
)
from vertrouwd.privacy_requests.terms import IdentityCheck, Outcome, Stage, Verdict

NAMES = st.sampled_from(["M-0000001.narrative", "D-0000001.note-1", "D-0000001.note-2"])
PIECES = st.dictionaries(NAMES, st.integers(1, 3), min_size=1).map(
    lambda found: [Piece(name, version) for name, version in found.items()]
)
WEIGHED = st.lists(st.tuples(NAMES, st.integers(1, 3), st.sampled_from(Outcome)), max_size=8).map(
    lambda rows: [Weighed(n, *row) for n, row in enumerate(rows, start=1)]
)
KNOWN = IdentityCheck.IN_PERSON


def stage(pieces, weighings, look=None, **more):
    standing = last_of_each(weighings)
    facts = {"identity": KNOWN, "has_dossiers": True, "nothing_found": False} | more
    return stage_of(
        pieces=pieces, standing=standing, look=look, contents=contents_of(pieces, standing), **facts
    )


def agreed(pieces, weighings, verdict=Verdict.AGREES):
    last = max((each.number for each in weighings), default=0)
    return Looked(contents_of(pieces, last_of_each(weighings)), verdict, last)


@given(PIECES, WEIGHED)
def test_nothing_is_looked_after_before_every_document_is_weighed_as_it_is(pieces, weighings):
    found = stage(pieces, weighings, agreed(pieces, weighings))
    assert (found is Stage.WEIGHING) == bool(to_weigh(pieces, last_of_each(weighings)))
    assert found in (Stage.WEIGHING, Stage.LETTER)


@given(PIECES)
def test_a_document_is_weighed_in_the_version_that_was_read(pieces):
    weighings = [Weighed(n, p.document, p.version, Outcome.GIVE) for n, p in enumerate(pieces)]
    assert not to_weigh(pieces, last_of_each(weighings))
    edited = [Piece(p.document, p.version + 1) for p in pieces]
    assert to_weigh(edited, last_of_each(weighings)) == edited


@given(PIECES, WEIGHED, NAMES, st.integers(1, 3), st.sampled_from(Outcome))
def test_one_more_weighing_opens_the_second_look_again(pieces, weighings, name, version, outcome):
    look = agreed(pieces, weighings)
    more = [*weighings, Weighed(len(weighings) + 1, name, version, outcome)]
    found = stage(pieces, more, look)
    is_about_it = name in {piece.document for piece in pieces}
    if is_about_it:
        assert found in (Stage.WEIGHING, Stage.SECOND_LOOK)
    assert changed_since(last_of_each(more), look) == {name}


@given(PIECES, WEIGHED, NAMES)
def test_a_document_that_comes_or_goes_opens_the_second_look_again(pieces, weighings, name):
    look = agreed(pieces, weighings)
    others = [piece for piece in pieces if piece.document != name]
    changed = others if len(others) < len(pieces) else [*pieces, Piece(name, 1)]
    assert contents_of(changed, last_of_each(weighings)) != look.contents


@given(WEIGHED)
def test_the_last_weighing_of_a_document_stands_whatever_the_order_of_reading(weighings):
    assert last_of_each(weighings) == last_of_each(reversed(weighings))
    for document, each in last_of_each(weighings).items():
        assert each.number == max(w.number for w in weighings if w.document == document)


@given(PIECES, WEIGHED)
def test_who_is_not_known_gets_no_document_weighed(pieces, weighings):
    assert stage(pieces, weighings, identity=None) is Stage.IDENTITY
    unknown = stage(pieces, weighings, identity=IdentityCheck.NOT_ESTABLISHED)
    assert unknown is Stage.SECOND_LOOK


def test_without_a_dossier_it_is_searched_and_that_is_looked_after_as_well():
    assert stage([], [], has_dossiers=False) is Stage.DOSSIERS
    assert stage([], [], has_dossiers=False, nothing_found=True) is Stage.SECOND_LOOK


def test_why_there_is_nothing_is_part_of_what_was_agreed_on():
    assert contents_of([], {}, why_none="nothing found") != contents_of([], {}, why_none="other")
    assert contents_of([], {}, who="one") != contents_of([], {}, who="another")


def test_what_is_given_back_waits_for_the_first_until_a_weighing_changes():
    pieces = [Piece("M-0000001.narrative", 1)]
    first = [Weighed(1, "M-0000001.narrative", 1, Outcome.GIVE)]
    look = agreed(pieces, first, Verdict.RETURNS)
    assert stage(pieces, first, look) is Stage.RETURNED
    again = [*first, Weighed(2, "M-0000001.narrative", 1, Outcome.REFUSE)]
    assert stage(pieces, again, look) is Stage.SECOND_LOOK


def test_an_answered_or_withdrawn_request_stays_so():
    assert stage([], [], is_sent=True) is Stage.SENT
    assert stage([], [], is_withdrawn=True) is Stage.WITHDRAWN
