"""Work that may wait is told numbers and references, and is documented."""

from pathlib import Path

import pytest
from django.apps import apps

from vertrouwd.jobs.arguments import parameters_of
from vertrouwd.jobs.kinds import kinds
from vertrouwd.jobs.models import Job

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = sorted(kinds())


@pytest.mark.parametrize("name", HOUSE)
def test_every_kind_of_work_is_told_codes_only_and_says_what_it_is(name):
    found = kinds()[name]
    assert parameters_of(found.work) == found.parameters  # raises for what may be a text
    assert str(found.words)
    assert found.work.__doc__
    assert found.work.__module__.startswith("vertrouwd.")


def test_every_app_that_states_work_is_seen():
    stating = {path.parent.name for path in (ROOT / "vertrouwd").glob("*/jobs.py")}
    assert stating == {kind.work.__module__.split(".")[1] for kind in kinds().values()}
    assert stating <= {config.label for config in apps.get_app_configs()}


def test_the_table_has_no_field_for_a_text():
    longest = {
        field.name: field.max_length
        for field in Job._meta.get_fields()
        if field.get_internal_type() in ("CharField", "TextField")
    }
    assert all(length and length <= 200 for length in longest.values()), longest
    assert not {"message", "traceback", "error"} & {field.name for field in Job._meta.get_fields()}
