"""What somebody told on the form: one fact sheet, then `replace(TOLD, one_thing=...)`."""

from dataclasses import replace
from datetime import date

from vertrouwd.dossiers.casework_terms import Condition, Wish
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Place,
    ReporterRole,
)
from vertrouwd.intake.told import Told
from vertrouwd.schools.terms import Sector

TOLD = Told(
    reporter_role=ReporterRole.LEARNER,
    sector=Sector.PRIMARY,
    category=Category.SEXUAL_ABUSE,
    accused_role=AccusedRole.ENTRUSTED,
    affected_role=AffectedRole.LEARNER,
    affected_age=12,
    happened_from=date(2026, 11, 2),
    place=Place.AT_SCHOOL,
    social_media=Answer.NO,
    is_acute=False,
    condition=Condition.ASK_FIRST,
    wishes=frozenset({Wish.BE_HEARD, Wish.ADVICE}),
    texts={"narrative": "De deur van het magazijn ging op slot.", "institution": "De Proef"},
    identity={"reporter_name": "Roos", "reporter_contact": "roos@kanarie.example"},
)
KEPT = replace(TOLD, keeps_to_self=True)  # recorded now, decided later
