"""What one document says, opened for who weighs it; a coded one as a list of facts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.advice.bodies import bodies
from vertrouwd.advice.entries import KINDS
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.storing import original_of
from vertrouwd.audit.record import record
from vertrouwd.desk.case.facts import Facts, day, facts_of_dossier, facts_of_report, term, wanted
from vertrouwd.desk.case.told import LABELS
from vertrouwd.desk.duties.pages import LABELS as DUTY_FACTS
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.models import Conversation, Dossier, Report
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.privacy_requests.documents import ADVISED, CODED, DUTIES, WHOLE, Document
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.terms import DocumentKind
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

EVERY = tuple(purpose for purpose in Purpose if purpose is not Purpose.DRAFT)


@dataclass(frozen=True)
class Content:
    """What it says. `unreadable`: it was destroyed meanwhile, or cannot be opened."""

    texts: list[tuple[str, str]]  # label, words
    facts: Facts
    unreadable: bool = False
    is_whole: bool = False  # the dossier, to be read on its own page
    file: str = ""  # the reference of an attachment, which has a page of its own


def open_document(document: Document, *, of: PrivacyRequest, by: User, opened: Opened) -> Content:
    """Go through the door of its dossier, open it, and write that it was opened. Raises Http404."""
    access_dossier(document.dossier.reference, by=by)
    if document.name == WHOLE:
        return Content([], facts_of_dossier(document.dossier), is_whole=True)
    if document.kind is DocumentKind.ATTACHMENT:
        found = _file(document, opened)
    elif document.fields:
        found = _texts(document, opened)
    else:
        found = Content([], _facts(document))
    record(
        by=by, action="open_texts", kind="dossier", object=document.dossier.reference,
        detail={"texts": len(found.texts), "request": of.reference},
    )  # fmt: skip
    return found


def _texts(document: Document, opened: Opened) -> Content:
    texts = open_many([document.record], purposes=EVERY, opener=opened)[document.record]
    told = [(_label(field), texts.words(field)) for field in document.fields]
    readable = [(label, words) for label, words in told if words is not None]
    return Content(readable, [], unreadable=len(readable) < len(told))


def _file(document: Document, opened: Opened) -> Content:
    """How its reporter called it, and where it is opened."""
    number = document.name.rpartition("-")[2]
    found = Attachment.objects.filter(
        data_key__record=document.record, data_key__purpose=Purpose.ATTACHMENT,
        data_key__number=number,
    ).first()  # fmt: skip
    if found is None:
        return Content([], [], unreadable=True)
    try:
        named = [(gettext("Naam van het bestand"), original_of(found, opened).name)]
    except Unreadable:
        return Content([], [], unreadable=True, file=found.reference)
    return Content(named, [], file=found.reference)


def _label(field: str) -> str:
    if field.startswith("weighing-"):
        return gettext(
            "Gronden van het bestuur of de houder"
            if field.endswith("-board")
            else "Gronden van de inspecteur"
        )
    known = {
        "question": gettext("vraag aan een collega").capitalize(),
        "answer": gettext("Antwoord"),
    }
    return known.get(field) or str(LABELS.get(field, gettext("Tekst")))


def _facts(document: Document) -> Facts:
    number = int(document.reference.partition("-")[2])
    if document.reference.startswith("D-"):
        dossier = Dossier.objects.select_related("institution").get(pk=number)
        return list(_duties(dossier)) if document.name == DUTIES else facts_of_dossier(dossier)
    report = Report.objects.select_related("institution").get(pk=number)
    if document.name == ADVISED:
        return list(_advice(report))
    assert document.name == CODED
    conversation = Conversation.objects.filter(report=report).first()
    return facts_of_report(report) + wanted(report, conversation=conversation)


def _duties(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The facts of the last assessment, and each step with its day."""
    last = DutyAssessment.objects.filter(dossier=dossier).order_by("pk").last()
    for key, value in (last.facts if last else {}).items():
        if key in DUTY_FACTS and value not in (None, "", []):
            said = value if isinstance(value, list) else [value]
            yield str(DUTY_FACTS[key]), ", ".join(term(str(each)) for each in said)
    for step in TrackStep.objects.filter(dossier=dossier):
        words = term(step.step).capitalize()
        weighed = f" ({term(step.weighing)})" if step.weighing else ""
        taken_back = f" ({gettext('ingetrokken')})" if step.withdrawn_at else ""
        yield day(step.on), f"{words}{weighed}{taken_back}"


def _advice(report: Report) -> Iterator[tuple[str, str]]:
    """What was advised, chosen and referred, row by row."""
    for kind in KINDS.values():
        for row in kind._default_manager.filter(report=report).order_by("pk"):
            codes = [*getattr(row, "options", []), *map(_body, getattr(row, "bodies", []))]
            codes += [_body(getattr(row, "body", ""))]
            codes += [getattr(row, name, "") for name in ("way", "came_of", "police", "step")]
            said = ", ".join(term(str(code)) for code in codes if code)
            yield day(timezone.localdate(row.at)), said or gettext("Bevestiging van overleg")


def _body(code: str) -> str:
    return bodies()[code].name if code in bodies() else code
