"""The pages of the report form and what each asks; knows no Django.

Answers are texts by the name of their field. Several values of one field are joined by SEVERAL; an
optional field that was left open is an empty text, so that a page that was answered is known by
its fields being there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vertrouwd.dossiers import codes
from vertrouwd.dossiers.casework_terms import Condition, Wish
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Place,
    ReporterRole,
)
from vertrouwd.duties.terms import Knower
from vertrouwd.schools.terms import Sector, Setting

Answers = Mapping[str, str]
SEVERAL = "|"
YES, NO, UNKNOWN = "ja", "nee", "onbekend"
SEEN = "gelezen"  # the answer of a page that only tells something
KEEP = "bewaar"  # record now, decide later
MYSELF = "ikzelf"
WITHHELD, OUTSIDE, INSTITUTION = "geheim", "anders", "i"  # i and the number of an institution
ONE_DAY, PERIOD = "dag", "periode"
LONGEST_STORY, LONGEST_LINE = 100_000, 300  # characters


class Step(StrEnum):
    """One page, in the order in which they come; after the last one the answers are checked."""

    WELCOME = "begin"
    DANGER = "gevaar"
    HELP_FIRST = "hulp"
    ROLE = "rol"
    SECTOR = "sector"
    SETTING = "soort"
    INSTITUTION = "plek"
    TOPIC = "onderwerp"
    DETAIL = "nader"
    ACCUSED = "wie"
    AFFECTED = "om"
    DUTY = "plicht"
    WHEN = "wanneer"
    WHERE = "waar"
    STORY = "verhaal"
    WISHES = "wensen"
    CONDITION = "afspraak"
    CONTACT = "contact"


class Kind(StrEnum):
    """How a field is asked."""

    SEEN = "seen"  # nothing to fill in: the page tells something
    PICK = "pick"  # one of a list
    MANY = "many"  # any number of a list
    LINE = "line"
    STORY = "story"
    AGE = "age"
    DAY = "day"


@dataclass(frozen=True)
class Asker:
    """Who fills in the form: the role that is counted, and what the duties call who knows."""

    role: ReporterRole
    knower: Knower | None = None  # None: no duty of the law runs


ASKERS = {
    "leerling": Asker(ReporterRole.LEARNER),
    "ouder": Asker(ReporterRole.PARENT),
    "personeel": Asker(ReporterRole.STAFF, Knower.STAFF),
    "leidinggevende": Asker(ReporterRole.HEAD, Knower.STAFF),
    "bestuur": Asker(ReporterRole.BOARD, Knower.BOARD),  # in childcare the provider
    "interne vertrouwenspersoon": Asker(ReporterRole.ADVISER, Knower.INTERNAL_ADVISER),
    "externe vertrouwenspersoon": Asker(ReporterRole.ADVISER, Knower.EXTERNAL_ADVISER),
    "klachtencommissie": Asker(ReporterRole.COMPLAINTS_COMMITTEE, Knower.COMMITTEE_STAFF),
    "ander": Asker(ReporterRole.OTHER),
    UNKNOWN: Asker(ReporterRole.UNKNOWN),
}
# What is only for who works there: not asked of a learner or a parent.
AT_WORK = "intimidatie op de werkvloer"


@dataclass(frozen=True)
class Field:
    """One thing that is asked on a page."""

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    required: bool = False
    longest: int = LONGEST_LINE


def _pick(name: str, *options: str, required: bool = True) -> Field:
    return Field(name, Kind.PICK, tuple(map(str, options)), required)


def _line(name: str) -> Field:
    return Field(name, Kind.LINE)


FIELDS: dict[Step, tuple[Field, ...]] = {
    Step.WELCOME: (Field("begin", Kind.SEEN),),
    Step.DANGER: (_pick("gevaar", NO, YES),),
    Step.HELP_FIRST: (Field("hulp", Kind.SEEN),),
    Step.ROLE: (_pick("rol", *ASKERS),),
    Step.SECTOR: (_pick("sector", *Sector),),
    Step.SETTING: (_pick("soort", *Setting),),
    Step.INSTITUTION: (_line("zoek"), _pick("plek", OUTSIDE, WITHHELD), _line("plek_naam")),
    Step.TOPIC: (_pick("onderwerp", *Category),),
    Step.DETAIL: (_pick("nader"),),
    Step.ACCUSED: (_pick("wie", *AccusedRole), Field("wie_leeftijd", Kind.AGE)),
    Step.AFFECTED: (_pick("om", MYSELF, *AffectedRole), Field("om_leeftijd", Kind.AGE)),
    Step.DUTY: (Field("plicht", Kind.SEEN),),
    Step.WHEN: (
        _pick("wanneer", ONE_DAY, PERIOD, UNKNOWN),
        Field("dag", Kind.DAY), Field("van", Kind.DAY), Field("tot", Kind.DAY),
    ),
    Step.WHERE: (_pick("waar", *Place), _pick("media", *Answer), _pick("politie", *Answer)),
    Step.STORY: (Field("verhaal", Kind.STORY, required=True, longest=LONGEST_STORY),),
    Step.WISHES: (Field("wensen", Kind.MANY, tuple(map(str, Wish))),),
    Step.CONDITION: (_pick("afspraak", *Condition, KEEP),),
    Step.CONTACT: (
        _line("naam"), _line("bereik"), _line("ander_naam"), _line("ander_functie"),
        _line("letters"),
    ),
}  # fmt: skip


def asker(answers: Answers) -> Asker | None:
    """Who fills it in, once that was told."""
    return ASKERS.get(answers.get("rol", ""))


def duty_may_run(answers: Answers) -> bool:
    """Whether who fills it in has a duty of the law: then nothing can be kept to oneself."""
    who = asker(answers)
    return who is not None and who.knower is not None


def options_for(field: Field, answers: Answers) -> tuple[str, ...]:
    """What can be chosen here, given what was told before. Of the institution only what is no
    institution: which ones there are, the register knows."""
    if field.name == "nader":
        return _details(answers)
    if field.name == "afspraak" and duty_may_run(answers):
        return tuple(option for option in field.options if option != KEEP)
    return field.options


def can_choose(field: Field, value: str, answers: Answers) -> bool:
    """Whether a value is one that the page offers."""
    if field.name == "plek" and value.startswith(INSTITUTION):
        return is_number(value.removeprefix(INSTITUTION))
    return value in options_for(field, answers)


def is_number(text: str) -> bool:
    """Whether it can be the number of an institution."""
    return text.isascii() and text.isdecimal() and 0 < len(text) <= 15


def _details(answers: Answers) -> tuple[str, ...]:
    """The subcategories of the topic; none where the code list has none."""
    found = codes.subcategory_names(answers.get("onderwerp", ""))
    if not duty_may_run(answers):
        found = [name for name in found if name != AT_WORK]
    return (*found, UNKNOWN) if found else ()
