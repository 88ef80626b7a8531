"""The road of the report form: what is asked when, what is wrong, and what comes out as told."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.filling_in import GIRL, TEACHER
from vertrouwd.dossiers.terms import AffectedRole, ReporterRole
from vertrouwd.duties.terms import Duty
from vertrouwd.intake.carried import Carried, opened_last, sealed
from vertrouwd.intake.checking import read, wrong
from vertrouwd.intake.days import read_day, written
from vertrouwd.intake.duty_asked import duty_asked
from vertrouwd.intake.questions import (
    ASKERS,
    FIELDS,
    KEEP,
    LONGEST_STORY,
    Kind,
    Step,
    asker,
    options_for,
)
from vertrouwd.intake.telling import Known, told_of
from vertrouwd.schools.terms import Sector, Setting

pytestmark = pytest.mark.one_engine
TODAY = date(2026, 11, 28)


def walked(*pages, on: date = TODAY) -> Carried:
    """The form after these pages were answered; each must be right."""
    carried = Carried(today=on)
    for fields in pages:
        assert carried.shown is not None
        sent = {name: [v] if isinstance(v, str) else v for name, v in fields.items()}
        page = read(carried.shown, sent, carried.answers, today=on)
        assert page.mistakes == {}, (carried.shown, fields)
        carried = carried.answered(page.values)
    return carried


def test_what_a_girl_of_12_told_is_all_there():
    told = told_of(walked(*GIRL).road.answers, None)
    assert (told.reporter_role, told.sector) == (ReporterRole.LEARNER, Sector.PRIMARY)
    assert (told.affected_role, told.affected_age) == (AffectedRole.LEARNER, 12)
    assert told.texts == {"narrative": "De meester zat aan mij."}
    assert told.is_anonymous
    assert not told.is_acute


def test_the_sector_is_that_of_the_institution_that_was_chosen():
    answers = walked(*GIRL).road.answers
    assert told_of(answers, Known(7, Sector.SECONDARY, None)).sector is Sector.SECONDARY
    childcare = told_of(answers, Known(7, Sector.CHILDCARE, None))
    assert (childcare.institution, childcare.setting) == (7, Setting.UNKNOWN)
    kind = Known(7, Sector.CHILDCARE, Setting.CHILDMINDER)
    assert told_of(answers, kind).setting is Setting.CHILDMINDER


def test_the_kind_of_childcare_is_told_and_no_school_has_one():
    pages = [*GIRL[:3], {"sector": "kinderopvang"}, {"soort": "gastouderopvang"}, *GIRL[4:]]
    whole = walked(*pages)
    assert told_of(whole.road.answers, None).setting is Setting.CHILDMINDER
    changed = whole.changing("sector").answered({"sector": "po"})
    assert changed.shown is None
    assert told_of(changed.road.answers, None).setting is None


@pytest.mark.parametrize(
    ("role", "affected"),
    [("leerling", "leerling"), ("personeel", "met taken belast persoon"), ("ouder", "ander"),
     ("interne vertrouwenspersoon", "met taken belast persoon"), ("onbekend", "onbekend")],
)  # fmt: skip
def test_who_tells_it_of_himself_is_what_he_said_he_is(role, affected):
    pages = [*GIRL[:2], {"rol": role}, *GIRL[3:]]
    assert told_of(walked(*pages).road.answers, None).affected_role == affected


def test_in_childcare_the_provider_is_the_one_who_must_hear_it():
    pages = [*TEACHER[:3], {"sector": "kinderopvang"}, {"soort": "onbekend"}, *TEACHER[4:9]]
    found = duty_asked(walked(*pages).road.answers, today=TODAY)
    assert found is not None
    assert found.in_childcare
    assert [owed.duty for owed in found.now.duties] == [Duty.INFORM_BOARD]


def test_only_childcare_is_asked_what_kind_it_is_and_only_danger_leads_to_help_first():
    assert walked({}, {"gevaar": "nee"}, {"rol": "ouder"}, {"sector": "vo"}).shown is (
        Step.INSTITUTION
    )
    childcare = walked({}, {"gevaar": "ja"}, {}, {"rol": "ouder"}, {"sector": "kinderopvang"})
    assert childcare.shown is Step.SETTING
    assert Step.HELP_FIRST in childcare.road.steps


def test_a_topic_without_subcategories_asks_no_further():
    assert walked(*GIRL[:5], {"onderwerp": "radicalisering"}).shown is Step.ACCUSED


def test_the_law_is_shown_to_staff_and_not_to_a_pupil():
    assert Step.DUTY in walked(*TEACHER).road.steps
    assert Step.DUTY not in walked(*GIRL).road.steps


@pytest.mark.parametrize("role", ASKERS)
def test_who_has_a_duty_cannot_keep_it_and_others_can(role):
    answers = walked(*GIRL[:2], {"rol": role}).answers
    offered = options_for(FIELDS[Step.CONDITION][0], answers)
    assert (KEEP in offered) == (ASKERS[role].knower is None)


def test_a_pupil_who_turns_out_to_be_staff_is_asked_again_what_we_may_do():
    friend = {"om": "leerling", "om_leeftijd": "9"}
    kept = walked(*GIRL[:8], friend, *GIRL[9:13], {"afspraak": KEEP}, {})
    assert kept.shown is None
    changed = kept.changing("rol").answered({"rol": "personeel"})
    assert changed.shown is Step.DUTY
    assert changed.answered({"plicht": "gelezen"}).shown is Step.CONDITION


def test_a_changed_answer_leads_back_to_the_last_page():
    whole = walked(*GIRL)
    assert whole.changing("waar").answered(dict(whole.answers)).shown is None


def test_who_went_back_comes_forward_by_every_page_again():
    whole = walked(*GIRL)
    seen = [whole]
    while seen[-1].shown is not Step.WELCOME:
        seen.append(seen[-1].back())
    assert [each.shown for each in seen[1:]] == [*reversed(whole.road.steps)]
    again = seen[-1]
    for step in whole.road.steps:
        assert again.shown is step
        again = again.answered({field.name: whole.answers[field.name] for field in FIELDS[step]})
    assert again.shown is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28-9-2025", date(2025, 9, 28)), ("28/09/2025", date(2025, 9, 28)),
        ("28 september 2025", date(2025, 9, 28)), ("28 Sept. 2025", date(2025, 9, 28)),
        ("2025-09-28", date(2025, 9, 28)), ("1.3.2025", date(2025, 3, 1)),
        ("31-2-2025", None), ("0-0-2025", None), ("28-9-25", None), ("vorige week", None),
        ("28-9-1825", None), ("٢٨-٩-٢٠٢٥", None), ("1 jar 2025", None), ("9999-99-99", None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text, day):
    assert read_day(text) == day


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_that_was_written_is_read_again(day):
    assert read_day(written(day)) == day


@pytest.mark.parametrize(
    ("first", "last", "stored"),
    [
        ("september 2025", "", ("1-9-2025", "")),
        ("9-2025", "februari 2026", ("1-9-2025", "28-2-2026")),
        ("2024", "2024", ("1-1-2024", "31-12-2024")),
        ("2026", "november 2026", ("1-1-2026", "28-11-2026")),  # not after today
        ("jan. 2026", "2026", ("1-1-2026", "28-11-2026")),
    ],
)
def test_of_a_period_a_month_or_a_year_is_enough(first, last, stored):
    page = read(Step.WHEN, {"wanneer": ["periode"], "van": [first], "tot": [last]}, {}, today=TODAY)
    assert page.mistakes == {}
    assert (page.values["van"], page.values["tot"]) == stored


@pytest.mark.parametrize("text", ["13-2025", "0-2025", "lente 2025", "1825", "december 2026", "25"])
def test_a_month_that_cannot_be_is_no_period(text):
    page = read(Step.WHEN, {"wanneer": ["periode"], "van": [text]}, {}, today=TODAY)
    assert "van" in page.mistakes


@pytest.mark.parametrize(
    ("sent", "mistakes"),
    [
        ({"wanneer": ["dag"]}, {"dag": "day"}),
        ({"wanneer": ["dag"], "dag": ["31-2-2025"]}, {"dag": "day"}),
        ({"wanneer": ["dag"], "dag": ["september 2025"]}, {"dag": "day"}),
        ({"wanneer": ["dag"], "dag": ["29-11-2026"]}, {"dag": "future"}),
        ({"wanneer": ["dag"], "dag": ["28-11-2026"]}, {}),
        ({"wanneer": ["periode"]}, {"van": "day"}),
        ({"wanneer": ["periode"], "van": ["2-9-2025"], "tot": ["1-9-2025"]}, {"tot": "period"}),
        ({"wanneer": ["periode"], "van": ["1-9-2025"]}, {}),
        ({"wanneer": ["onbekend"], "dag": ["31-2-2025"]}, {}),
        ({}, {"wanneer": "choose"}),
    ],
)
def test_when_it_was_is_checked(sent, mistakes):
    assert read(Step.WHEN, sent, {}, today=TODAY).mistakes == mistakes


@pytest.mark.parametrize(
    ("step", "sent", "mistakes"),
    [
        (Step.AFFECTED, {"om": ["leerling"], "om_leeftijd": ["121"]}, {"om_leeftijd": "age"}),
        (Step.AFFECTED, {"om": ["leerling"], "om_leeftijd": ["٩"]}, {"om_leeftijd": "age"}),
        (Step.AFFECTED, {"om": ["leerling"], "om_leeftijd": ["0"]}, {}),
        (Step.AFFECTED, {"om": ["x"]}, {"om": "choose"}),
        (Step.AFFECTED, {"om": ["ikzelf", "leerling"]}, {"om": "twice"}),
        (Step.ROLE, {"rol": ["leerling\0"]}, {"rol": "unusable"}),
        (Step.ROLE, {"rol": ["leerling\ud800"]}, {"rol": "unusable"}),
        (Step.INSTITUTION, {"plek": ["i²"]}, {"plek": "choose"}),
        (Step.INSTITUTION, {"plek": ["i" + "9" * 16]}, {"plek": "choose"}),
        (Step.WISHES, {"wensen": ["advies", "advies"]}, {}),
        (Step.WISHES, {"wensen": ["advies|x"]}, {"wensen": "choose"}),
        (Step.STORY, {"verhaal": [" \r\n\t "]}, {"verhaal": "story"}),
        (Step.STORY, {"verhaal": ["a" * LONGEST_STORY]}, {}),
        (Step.STORY, {"verhaal": ["a" * (LONGEST_STORY + 1)]}, {"verhaal": "too_long"}),
        (Step.CONTACT, {"naam": ["a" * 301]}, {"naam": "too_long"}),
    ],
)
def test_what_does_not_fit_is_named(step, sent, mistakes):
    assert read(step, sent, {"rol": "leerling"}, today=TODAY).mistakes == mistakes


VALUES = st.one_of(
    st.sampled_from(sorted({o for fields in FIELDS.values() for f in fields for o in f.options})),
    st.sampled_from(["", "i1", "12", "1-9-2025", "gelezen", "een verhaal", "\0"]),
    st.text(max_size=5),
)
SENT = st.dictionaries(
    st.sampled_from([f.name for fields in FIELDS.values() for f in fields]),
    st.lists(VALUES, max_size=2),
    min_size=1,
    max_size=4,
)
BUTTONS = st.sampled_from(["verder"] * 30 + ["terug"] * 3 + [f"wijzig:{step}" for step in Step])
POSTS = st.lists(
    st.tuples(
        BUTTONS, st.one_of(st.just({}), st.just({}), SENT), st.randoms(use_true_random=False)
    ),
    max_size=60,
)


@given(st.sampled_from([[], GIRL, TEACHER]), POSTS)
def test_any_sequence_of_posts_ends_on_a_page_of_the_road_and_tells_nothing_that_cannot_be(
    told_before, posts
):
    carried = walked(*told_before)
    for button, sent, chance in posts:
        if button == "terug":
            carried = carried.back()
        elif button.startswith("wijzig:"):
            carried = carried.changing(button.removeprefix("wijzig:"))
        elif carried.shown is not None:
            fitting = _fitting(carried, chance)
            page = read(carried.shown, {**fitting, **sent}, carried.answers, today=TODAY)
            if not page.mistakes:
                carried = carried.answered(page.values)
        assert carried.road.leads_to(carried.shown)
        assert all(earlier != later for earlier, later in pairwise(carried.road.steps))
        for step in carried.road.steps:
            assert wrong(step, carried.road.answers, today=TODAY) == {}
    if carried.road.next is None:
        told = told_of(carried.road.answers, None)
        assert not (told.keeps_to_self and asker(carried.answers).knower)
        assert told.texts["narrative"]
        assert told.happened_from is None or told.happened_from <= TODAY


def _fitting(carried: Carried, chance) -> dict[str, list[str]]:
    """An answer that fits the page, so that many roads come to their end."""
    found = {}
    for field in FIELDS[carried.shown]:
        if options := options_for(field, carried.answers):
            found[field.name] = [chance.choice(options)]
        elif field.kind is Kind.STORY:
            found[field.name] = ["een verhaal"]
        elif field.kind is Kind.DAY:
            found[field.name] = ["1-9-2025"]
    return found


@pytest.mark.parametrize("story", ["é" * LONGEST_STORY, "😀" * LONGEST_STORY, '"\n' * 50_000])
def test_the_longest_story_fits_in_what_the_form_carries(story):
    whole = walked(*GIRL[:11], {"verhaal": story}, *GIRL[12:])
    carried = Carried(today=TODAY, answers=whole.answers, shown=None, token=b"t" * 32)
    key, now = b"k" * 32, datetime(2026, 11, 28, tzinfo=UTC)
    state = sealed(carried, key=key, now=now)
    back = opened_last(state, key=key, now=now, today=TODAY, max_age=timedelta(hours=1))
    assert back.answers["verhaal"] == story.strip()
    assert len(state) < 720 * 1024
