"""What the report form and the signpost both say is said once."""

import pytest

from vertrouwd.advice.phrases import COMMON, phrases_with
from vertrouwd.intake.texts import phrases as phrases_of_the_form
from vertrouwd.signpost.phrases import phrases as phrases_of_the_signpost

pytestmark = pytest.mark.one_engine


def test_no_phrase_stands_in_both_files_under_one_name():
    form, signpost = phrases_of_the_form(), phrases_of_the_signpost()
    same = {name for name in form.keys() & signpost.keys() if form[name] == signpost[name]}
    assert {"go_on", "danger", "duty_asks"} <= same
    assert all(form[name] is signpost[name] for name in same)


def test_a_phrase_that_is_common_and_of_one_file_as_well_is_refused():
    with pytest.raises(ValueError, match="said twice"):
        phrases_with(COMMON)
