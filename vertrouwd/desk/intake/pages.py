"""What the page of a call shows: the form as it was typed, what stands beside it, the drafts."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.desk.colleagues import who_may
from vertrouwd.desk.dividing import on_duty
from vertrouwd.desk.duties.shown import DutiesInWords, stored_duties
from vertrouwd.desk.intake.aloud import aloud, spelled
from vertrouwd.desk.intake.beside import Beside, beside, same_institution
from vertrouwd.desk.intake.forms import CONSENTS, CallForm
from vertrouwd.desk.intake.keeping import words_of
from vertrouwd.desk.intake.schools import School, institution_of, schools_for
from vertrouwd.desk.intake.sheet import Sheet
from vertrouwd.desk.kept import Kept, new_window
from vertrouwd.dossiers import codes
from vertrouwd.dossiers.calls import Noted
from vertrouwd.dossiers.casework_terms import Condition, DraftKind
from vertrouwd.dossiers.drafts import DAYS_KEPT, drafts_of
from vertrouwd.dossiers.models import Conversation, Dossier, Draft
from vertrouwd.dossiers.opinions import Asked, ask_opinion, asked_in_call
from vertrouwd.dossiers.terms import Category
from vertrouwd.sealing.opening import Opened


@dataclass(frozen=True)
class CallPage:
    """One showing of the sheet; `window` names it, `saved` is the last save it knows of."""

    form: CallForm
    sheet: Sheet
    saved: int
    schools: list[School]
    beside: Beside
    drafts: list[Draft]
    problem: str = ""  # what went wrong outside the form
    kept: Draft | None = None  # just now
    asked: list[Asked] = field(default_factory=list)  # of colleagues, in this call
    asked_in: str = field(default_factory=new_window)
    window: str = field(default_factory=new_window)
    days: int = DAYS_KEPT

    @property
    def consents(self) -> list[Any]:
        """The questions about consent, one for each use."""
        return [self.form[name] for name in CONSENTS]

    @property
    def definitions(self) -> list[tuple[codes.Definition, list[codes.Definition]]]:
        """Each category with what it means, and its subcategories with theirs."""
        return _definitions()

    @property
    def chosen(self) -> str:
        """Which institution is chosen, or why none."""
        return str(self.form.data.get("institution", ""))


def call_form(data: QueryDict | None, *, by: User, checked: bool) -> CallForm:
    """The form; a colleague on duty today may be asked for an opinion."""
    duty = on_duty(timezone.localdate())
    asked = [p for p in who_may(Permission.HANDLE_CASES) if p.pk in duty and p.pk != by.pk]
    return CallForm(data, colleagues=asked, checked=checked)


def call_page(
    form: CallForm, sheet: Sheet, *, by: User, opened: Opened | None, saved: int = 0,
    kept: Kept | None = None, problem: str = "",
) -> CallPage:  # fmt: skip
    """The page for a form that was typed so far."""
    data = form.typed
    draft = kept.draft if kept else None
    found = drafts_of(by, kind=DraftKind.CALL)
    return CallPage(
        form=form,
        sheet=sheet,
        saved=draft.saved if draft else saved,
        schools=schools_for(data.get("school", ""), chosen=data.get("institution", ""), by=by),
        beside=beside(data, by=by, opened=opened),
        drafts=[each for each in found if each.record != sheet.record],
        problem=problem or (words_of(kept.state) if kept else ""),
        kept=draft,
        asked=asked_in_call(sheet.record, by=by, opened=opened),
    )


def _definitions() -> list[tuple[codes.Definition, list[codes.Definition]]]:
    every = codes.definitions()
    of = {each.category: each for each in every if not each.subcategory}
    return [
        (of[category], [e for e in every if e.category == category and e.subcategory])
        for category in Category
    ]


def school_choices(data: QueryDict, *, by: User) -> dict[str, Any]:
    """The part of the page where an institution is chosen."""
    chosen = data.get("institution", "")
    text = data.get("school", "")
    schools = schools_for(text, chosen=chosen, by=by)
    return {"schools": schools, "chosen": chosen, "searched": bool(text.strip())}


@dataclass(frozen=True)
class NotedPage:
    """What was stored, what is said to the reporter, and what follows."""

    noted: Noted
    groups: list[tuple[str, str]]  # of the code, each with how one says it
    aloud: str  # the reference, as one says it
    same: list[Dossier]
    duties: DutiesInWords
    conversation: Conversation

    @property
    def has_condition(self) -> bool:
        """Whether the reporter set one, which the page reminds of."""
        return self.conversation.condition != Condition.NONE


def noted_page(noted: Noted, *, by: User, opened: Opened | None) -> NotedPage:
    """The page after the call."""
    report = noted.report
    shows = opened is not None and not noted.has_conflict
    return NotedPage(
        noted=noted,
        groups=[(group, spelled(group)) for group in noted.code.split()],
        aloud=aloud(report.mailbox or ""),
        same=same_institution(report.institution, by=by, besides=noted.dossier) if shows else [],
        duties=stored_duties(noted.dossier),
        conversation=report.conversation,
    )


def ask(form: CallForm, sheet: Sheet, *, by: User, opened: Opened | None) -> None:
    """Ask what stands in the form. Raises Refused."""
    given = form.typed
    ask_opinion(
        given.get("question", ""),
        form=sheet.record,
        asked_in=given.get("asked_in", ""),
        by=by,
        of=form.colleagues.get(given.get("colleague", "")),
        institution=institution_of(given.get("institution", "")),
        opened=opened,
    )


def asked_part(sheet: Sheet, *, by: User, opened: Opened | None, problem: str) -> dict[str, Any]:
    """The part of the page with what was asked, and what was answered."""
    asked = asked_in_call(sheet.record, by=by, opened=opened)
    return {"asked": asked, "asked_in": new_window(), "problem": problem}
