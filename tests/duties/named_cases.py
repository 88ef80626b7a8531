"""The cases that everybody knows, in the words of the contract, with their answers written out.

What is expected was written down from the law and the contract, fact by fact; nothing here is
computed by the rules or borrows their names. Each case stands under the set of its own sector and
day, under the other set in force, and under the bill.
"""

from dataclasses import dataclass, field

EDUCATION, CHILDCARE, BILL = "NL-1999-education", "NL-2013-childcare", "NL-bill-36777"
CONSULT_FOLLOWS = "overlegplicht follows as soon as the board (houder) knows"

# duty: on -> to; the article; ✓ read in a consolidated text, ? not
WPO = (
    "meldplicht: personeel -> bevoegd gezag; WPO 4a ✓",
    "overlegplicht: bevoegd gezag -> vertrouwensinspecteur; WPO 4a ✓",
    "aangifteplicht: bevoegd gezag -> politie; WPO 4a ✓",
)
WHW = (
    "meldplicht: personeel -> bevoegd gezag; WHW 1.20 ✓",
    "overlegplicht: bevoegd gezag -> vertrouwensinspecteur; WHW 1.20 ✓",
    "aangifteplicht: bevoegd gezag -> politie; WHW 1.20 ✓",
)
WEB_NOT_READ = (
    "meldplicht: personeel -> bevoegd gezag; WEB 1.3.8 ?",
    "overlegplicht: bevoegd gezag -> vertrouwensinspecteur; WEB 1.3.8 ?",
    "aangifteplicht: bevoegd gezag -> politie; WEB 1.3.8 ?",
)
WKO = (
    "meldplicht: personeel -> houder; Wko 1.51b-c ✓",
    "overlegplicht: houder -> vertrouwensinspecteur; Wko 1.51b ✓",
    "aangifteplicht: houder -> politie; Wko 1.51b ✓",
)
EMPLOYEE_FILES = ("aangifteplicht: medewerker -> politie; Wko 1.51c(2) ✓",)


def bill(act: str) -> tuple[str, ...]:
    return (
        f"meldplicht: personeel -> bevoegd gezag; bill 36 777 ({act}) ?",
        f"overlegplicht: bevoegd gezag -> vertrouwensinspecteur; bill 36 777 ({act}) ?",
        f"aangifteplicht: bevoegd gezag -> politie; bill 36 777 ({act}) ?",
    )


@dataclass(frozen=True)
class Answer:
    """What is answered; `without`: what is answered instead when that one fact is not given.

    A fact that is not listed changes nothing.
    """

    duties: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    advice_only: bool = False
    without: "dict[str, Answer]" = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Case:
    """One case; `other`: under the set in force of the other sector."""

    told: str
    facts: dict[str, object]
    own: Answer
    other: Answer
    bill: Answer


def needs(*keys: str, also: tuple[str, ...] = ()) -> dict[str, Answer]:
    """Without one of these nothing is certain any more."""
    return {key: Answer(notes=(*also, f"cannot be decided without: {key}")) for key in keys}


def filed(duties: tuple[str, ...], *keys: str) -> Answer:
    """All that is owed; the filing waits for the weighing, and everything for these facts."""
    return Answer(duties, without=needs(*keys) | {"weighing": Answer(duties[:2])})


def untouched(name: str, sector: str, *, by_staff: bool = False, elsewhere: bool = False) -> Answer:
    """A set that is asked for in a sector that it does not touch: nothing, and it says so.

    `by_staff`: whom it concerns then still tells whether it is between staff. `elsewhere`: in a
    sector that the set touches it would ask something.
    """
    said = (f"{name} does not touch {sector}: no duties",)
    without = needs("affected_role", also=said) if by_staff else {}
    return Answer(
        notes=said,
        without=without | (needs("sector") if elsewhere else {"sector": Answer()}),
    )


ALWAYS = ("sector", "possible_offence", "accused_role", "affected_role", "known_by")

TEACHER_AND_PUPIL_OF_9 = {
    "sector": "po",
    "category": "seksueel misbruik",
    "possible_offence": "seksueel misdrijf",
    "accused_role": "met taken belast persoon",
    "affected_role": "leerling",
    "affected_age": 9,
    "affected_incapacitated": False,
    "dependency_relation": False,
    "known_by": ["personeel", "bevoegd gezag"],
    "weighing": "redelijk",
    "known_on": "2026-11-02",
}
LECTURER_AND_STUDENT_OF_17 = {**TEACHER_AND_PUPIL_OF_9, "sector": "ho", "affected_age": 17}
WORKER_HITS_TODDLER = {
    **TEACHER_AND_PUPIL_OF_9,
    "sector": "kinderopvang",
    "category": "fysiek geweld",
    "possible_offence": "mishandeling",
    "affected_age": 2,
    "known_by": ["personeel", "houder"],
}

CASES = [
    Case(
        "a teacher and a pupil of 9 in primary school",
        TEACHER_AND_PUPIL_OF_9,
        filed(WPO, *ALWAYS),
        untouched(CHILDCARE, "po", by_staff=True, elsewhere=True),
        filed(bill("WPO 4a"), *ALWAYS),
    ),
    Case(
        "an internal confidential adviser who pleads secrecy",
        {**TEACHER_AND_PUPIL_OF_9, "known_by": ["interne vertrouwenspersoon"], "weighing": None},
        Answer(
            WPO[:1],
            (CONSULT_FOLLOWS,),
            # who is told and by which article hangs on the sector, that a consultation follows not
            without=needs(*ALWAYS)
            | {"sector": Answer(notes=("cannot be decided without: sector", CONSULT_FOLLOWS))},
        ),
        untouched(CHILDCARE, "po", by_staff=True, elsewhere=True),
        Answer(bill("WPO 4a")[:1], (CONSULT_FOLLOWS,), without=needs(*ALWAYS)),
    ),
    Case(
        "an external confidential adviser, who is no staff",
        {**TEACHER_AND_PUPIL_OF_9, "known_by": ["externe vertrouwenspersoon"], "weighing": None},
        Answer(without=needs("affected_role", "known_by")),
        untouched(CHILDCARE, "po", by_staff=True),
        Answer(without=needs("affected_role", "known_by")),
    ),
    Case(
        "a pupil and a pupil of 15",
        {**TEACHER_AND_PUPIL_OF_9, "sector": "vo", "accused_role": "leerling", "affected_age": 15},
        Answer(without=needs("accused_role")),
        untouched(CHILDCARE, "vo"),
        Answer(without=needs("accused_role")),
    ),
    Case(
        "a lecturer and a student of 17",
        LECTURER_AND_STUDENT_OF_17,
        filed(WHW, *ALWAYS, "affected_age"),
        untouched(CHILDCARE, "ho", by_staff=True, elsewhere=True),
        filed(bill("WHW 1.20"), *ALWAYS, "affected_age"),
    ),
    Case(
        "a lecturer and a student of 20 in a dependency relation: only under the bill, then at any "
        "age; today it would count in primary school, or if the student were younger or "
        "incapacitated",
        {**LECTURER_AND_STUDENT_OF_17, "affected_age": 20, "dependency_relation": True},
        Answer(without=needs("sector", "affected_role", "affected_age", "affected_incapacitated")),
        untouched(CHILDCARE, "ho", by_staff=True, elsewhere=True),
        filed(bill("WHW 1.20"), *ALWAYS, "dependency_relation"),
    ),
    Case(
        "sexual remarks without a crime: under the bill told and consulted, and filed only if it "
        "is a crime too",
        {
            **TEACHER_AND_PUPIL_OF_9,
            "sector": "vo",
            "category": "seksuele intimidatie",
            "possible_offence": None,
            "affected_age": 15,
        },
        Answer(without=needs("possible_offence", "affected_role")),
        untouched(CHILDCARE, "vo", by_staff=True),
        Answer(
            bill("WVO 2020, number not known")[:2],
            without=needs(
                "sector", "category", "accused_role", "affected_role", "affected_age", "known_by"
            )
            | {
                "possible_offence": Answer(
                    bill("WVO 2020, number not known")[:2],
                    ("cannot be decided without: possible_offence",),
                )
            },
        ),
    ),
    Case(
        "somebody of the firm of an internship",
        {
            **TEACHER_AND_PUPIL_OF_9,
            "sector": "mbo",
            "accused_role": "medewerker stagebedrijf",
            "affected_age": 16,
        },
        Answer(without=needs("accused_role")),
        untouched(CHILDCARE, "mbo"),
        Answer(without=needs("accused_role")),
    ),
    Case(
        "a childcare worker hits a toddler",
        WORKER_HITS_TODDLER,
        filed(WKO, *ALWAYS),
        untouched(EDUCATION, "kinderopvang", by_staff=True),
        untouched(BILL, "kinderopvang", by_staff=True),
    ),
    Case(
        "a teacher hits a pupil: in childcare it would count, under the bill if it were harassment",
        {**TEACHER_AND_PUPIL_OF_9, "category": "fysiek geweld", "possible_offence": "mishandeling"},
        Answer(without=needs("sector", "possible_offence", "affected_role")),
        untouched(CHILDCARE, "po", by_staff=True, elsewhere=True),
        Answer(without=needs("category", "possible_offence", "affected_role")),
    ),
    Case(
        "the houder is the accused: who works there files",
        {
            **WORKER_HITS_TODDLER,
            "category": "seksueel misbruik",
            "possible_offence": "seksueel misdrijf",
            "accused_role": "houder",
            "affected_age": 3,
            "known_by": ["personeel"],
        },
        Answer(
            EMPLOYEE_FILES,
            without=needs(*ALWAYS)
            | {
                "weighing": Answer(
                    notes=(
                        "not weighed yet: aangifteplicht of the medewerker follows if the "
                        "suspicion is redelijk; consulting the vertrouwensinspecteur is allowed "
                        "(«kan»), not owed",
                    )
                )
            },
        ),
        untouched(EDUCATION, "kinderopvang"),
        untouched(BILL, "kinderopvang"),
    ),
    Case(
        "somebody of 18 or over who lives with the childminder",
        {
            **WORKER_HITS_TODDLER,
            "category": "seksueel misbruik",
            "possible_offence": "seksueel misdrijf",
            "accused_role": "huisgenoot gastouder",
        },
        filed(WKO, *ALWAYS),
        untouched(EDUCATION, "kinderopvang"),
        untouched(BILL, "kinderopvang"),
    ),
    Case(
        "between staff: advice to the reporter and nothing else",
        {
            **TEACHER_AND_PUPIL_OF_9,
            "sector": "vo",
            "affected_role": "met taken belast persoon",
            "affected_age": 41,
        },
        Answer(advice_only=True, without=needs("accused_role", "affected_role")),
        Answer(
            notes=("NL-2013-childcare does not touch vo: no duties",),
            advice_only=True,
            without={
                **needs(
                    "accused_role",
                    "affected_role",
                    also=("NL-2013-childcare does not touch vo: no duties",),
                ),
                "sector": Answer(advice_only=True),
            },
        ),
        Answer(advice_only=True, without=needs("accused_role", "affected_role")),
    ),
    Case(
        "a stranger in the street",
        {**TEACHER_AND_PUPIL_OF_9, "accused_role": "ander"},
        Answer(without=needs("accused_role")),
        untouched(CHILDCARE, "po"),
        Answer(without=needs("accused_role")),
    ),
    Case(
        "an adult student who is incapacitated: by the Inspectorate's reading, at any age",
        {
            **TEACHER_AND_PUPIL_OF_9,
            "sector": "mbo",
            "affected_age": 19,
            "affected_incapacitated": True,
        },
        filed(WEB_NOT_READ, *ALWAYS, "affected_incapacitated"),
        untouched(CHILDCARE, "mbo", by_staff=True, elsewhere=True),
        filed(bill("WEB 1.3.8"), *ALWAYS, "affected_incapacitated"),
    ),
]
