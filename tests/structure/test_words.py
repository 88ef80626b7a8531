"""Whatever a page says in Dutch has its English: every string of code, templates and terms."""

import ast
import gettext
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from vertrouwd.accounts.terms import RightsDecision, Role
from vertrouwd.advice import terms as advice
from vertrouwd.attachments import terms as attachments
from vertrouwd.attachments.cleaning.made import LeftOut
from vertrouwd.desk.workload.counts import Left
from vertrouwd.dossiers import casework_terms, terms
from vertrouwd.duties import terms as duty_terms
from vertrouwd.duties.tellings import Origin
from vertrouwd.privacy_requests import terms as requests
from vertrouwd.schools.terms import Setting

PACKAGE = Path(terms.__file__).resolve().parents[1]
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
SIMPLE = re.compile(r'{%\s*translate "([^"]+)"')
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
VALUE = re.compile(r"{{\s*(\w+)\s*}}")
ONE_LANGUAGE = {"file.html"}  # the overview as a file is Dutch only
# Pages show these words of the code.
SHOWN = (
    Role, RightsDecision, Setting, terms.Category, terms.AccusedRole, terms.AffectedRole,
    terms.ReporterRole, terms.Channel, terms.Place, terms.Answer, terms.GlassGround,
    terms.Judgement, casework_terms.Wish, casework_terms.Condition, casework_terms.ConsentUse,
    casework_terms.FoundUs, duty_terms.Offence, duty_terms.AccusedParty, duty_terms.Knower,
    duty_terms.Duty, duty_terms.Weighing, duty_terms.Step, duty_terms.AssessReason,
    duty_terms.AffectedParty, Origin, advice.Option, advice.Way, advice.Outward,
    advice.CameOf, advice.Police, advice.Assistance,
    casework_terms.Status,
    casework_terms.Outcome,
    casework_terms.ReopenReason,
    casework_terms.JoinReason,
    casework_terms.SeparateReason,
    casework_terms.TaskKind,
    casework_terms.NoteKind,
    terms.CodingReason,
    terms.CorrectionReason,
    requests.RequestKind, requests.Asker, requests.IdentityCheck, requests.ExtensionReason,
    requests.DocumentKind, requests.Outcome, requests.Verdict, requests.Receiver,
    requests.Telling, Left, attachments.Cleaning, attachments.Scan, attachments.Evidence, LeftOut,
)  # fmt: skip


def of_code(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def of_template(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    yield from SIMPLE.findall(text)
    for block in BLOCK.findall(text):
        first = re.split(r"{%\s*plural\s*%}", block)[0]
        yield VALUE.sub(r"%(\1)s", first.replace("%", "%%"))


def of_terms(shown: tuple[type[StrEnum], ...]) -> Iterator[str]:
    for term in shown:
        yield from (str(each.value) for each in term)


def asked() -> dict[str, str]:
    """Each string and where it stands."""
    found = dict.fromkeys(of_terms(SHOWN), "terms")
    for path in PACKAGE.rglob("*.html"):
        if path.name not in ONE_LANGUAGE:
            found |= dict.fromkeys(of_template(path), path.name)
    for path in PACKAGE.rglob("*.py"):
        found |= dict.fromkeys(of_code(path), path.name)
    return found


def english() -> set[str]:
    with (PACKAGE / "locale/en/LC_MESSAGES/django.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key[0] if isinstance(key, tuple) else key for key, text in words.items() if text}


def test_every_string_of_every_page_has_its_english():
    known = english()
    assert not {text: where for text, where in asked().items() if text not in known}


def test_the_search_for_strings_sees_each_way_of_writing_one(tmp_path):
    code, page = tmp_path / "a.py", tmp_path / "a.html"
    code.write_text('label = _("een")\nsaid = ngettext("twee", "drie", 2)\nother = f("vier")\n')
    page.write_text(
        '{% translate "vijf" as x %}{% blocktranslate count n=k %}{{ n }} zes'
        "{% plural %}{{ n }} zeven{% endblocktranslate %}"
    )
    assert list(of_code(code)) == ["een", "twee"]
    assert list(of_template(page)) == ["vijf", "%(n)s zes"]
