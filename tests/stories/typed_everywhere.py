"""Type canaries in every field that any page of the casework reads, in every way that is wrong."""

import json
import re
from collections.abc import Callable

from tests.stories.canaries import CANARIES as C
from tests.stories.sites import Sites
from tests.stories.visitor import FORM, Answer, Visitor
from tests.structure.test_code import PACKAGE

BORDER = "kanariegrens"
READS = re.compile(r'POST(?:\.get|\.getlist)?[(\[]"(\w+)"')
FIELD = re.compile(r"^    (\w+) = (?:forms\.\w+Field|DayField|f\.\w+)\(", re.MULTILINE)
OWN_SESSIONS = 4  # the first ones are for who works: some of these addresses end a session
WITH_FORMS = ("inspector", "coordinator", "administrator", "privacy-officer")
ENDS_THE_SESSION = ("uitloggen", "vergrendelen", "sessies", "wachtwoord", "inloggen", "welkom")


def fields() -> list[str]:
    """Every field that a form declares or a view reads, by its name."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(READS.findall(text)) | set(FIELD.findall(text))
    return sorted(found)


def addresses(sites: Sites) -> list[str]:
    """Every address of the casework; those that end the session come last."""
    sites.house.command("list-routes")
    lines = [line.split() for line in sites.house.last_said.splitlines()]
    paths = {words[0] for words in lines if words[-1] == "casework"}
    filled = {
        "<str:reference>": sites.house.dossier, "<str:day>": "2030-01-01",
        "<int:number>": str(sites.house.spare),
    }  # fmt: skip
    for kind, value in filled.items():
        paths = {path.replace(kind, value) for path in paths}
    return sorted(paths, key=lambda path: (any(end in path for end in ENDS_THE_SESSION), path))


def as_typed(visitor: Visitor, path: str, names: list[str]) -> Answer:
    return visitor.post(path, dict.fromkeys(names, C["field of a form"]))


def too_long(visitor: Visitor, path: str, names: list[str]) -> Answer:
    return visitor.post(path, dict.fromkeys(names[:20], C["field of a form"] * 300))


def with_null_bytes(visitor: Visitor, path: str, names: list[str]) -> Answer:
    return visitor.post(path, dict.fromkeys(names, C["field of a form"] + "\0\r\n\x1b[31m"))


def under_other_names(visitor: Visitor, path: str, names: list[str]) -> Answer:
    return visitor.post(path, {C["field of no form"]: C["field of no form"], "next": "/x"})


def as_json(visitor: Visitor, path: str, names: list[str]) -> Answer:
    body = json.dumps(dict.fromkeys(names, C["JSON that is sent"])).encode()
    return visitor.send(path, body, "application/json", X_CSRFToken=visitor.token)


def as_another_type(visitor: Visitor, path: str, names: list[str]) -> Answer:
    body = "&".join(f"{name}={C['field of a form']}" for name in names)
    return visitor.send(path, body.encode("utf-16"), f"{FORM}; charset=utf-16")


def with_a_file(visitor: Visitor, path: str, names: list[str]) -> Answer:
    token = 'Content-Disposition: form-data; name="csrfmiddlewaretoken"'
    parts = [f"--{BORDER}\r\n{token}\r\n\r\n{visitor.token}"]
    parts += [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"; '
        f'filename="{C["file that is sent"]}"\r\nContent-Type: application/pdf\r\n\r\n'
        f"{C['content of a file that is sent'] * 40}"
        for name in names[:10]
    ]
    body = "\r\n".join([*parts, f"--{BORDER}--\r\n"]).encode()
    return visitor.send(path, body, f"multipart/form-data; boundary={BORDER}")


def without_the_token(visitor: Visitor, path: str, names: list[str]) -> Answer:
    return visitor.post(path, {"csrfmiddlewaretoken": C["field of no form"], "phrase": "x"})


VARIANTS: dict[str, Callable[[Visitor, str, list[str]], Answer]] = {
    "as it is typed": as_typed,
    "too long": too_long,
    "with null bytes": with_null_bytes,
    "under other names": under_other_names,
    "as JSON": as_json,
    "as another type": as_another_type,
    "with a file": with_a_file,
    "without the token": without_the_token,
}


def type_everywhere(sites: Sites) -> dict[str, list[int]]:
    """Every address, as somebody of each role; variant -> how each was answered."""
    names, paths = fields(), addresses(sites)
    answered: dict[str, list[int]] = {name: [] for name in VARIANTS}
    for at, (variant, send) in enumerate(VARIANTS.items(), OWN_SESSIONS):
        # Who has no page with a form of their own tries them all once.
        for username in sites.house.people if send is as_typed else WITH_FORMS:
            visitor = sites.casework(username, at)
            answered[variant] += [send(visitor, path, names).status for path in paths]
    return answered
