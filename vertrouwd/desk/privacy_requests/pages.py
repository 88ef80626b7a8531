"""What the pages of a request show: how it stands, its documents by name, and the words with it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.desk.colleagues import shown
from vertrouwd.desk.privacy_requests.lists import clock_of
from vertrouwd.desk.privacy_requests.wording import (
    AGAIN,
    ARTICLES,
    NEXT_STEPS,
    NOT_ESTABLISHED,
    NOTHING,
    STAGES,
    TURN,
    Hint,
    NextStep,
)
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.handlers import handlers_of_each
from vertrouwd.dossiers.models import Dossier
from vertrouwd.privacy_requests.actions import ASKED, CONTACT, NAME, REASON_OF_EXTENSION
from vertrouwd.privacy_requests.answering import LETTER
from vertrouwd.privacy_requests.clock import Clock
from vertrouwd.privacy_requests.documents import Document
from vertrouwd.privacy_requests.four_eyes import part_of
from vertrouwd.privacy_requests.grounds import Ground, grounds
from vertrouwd.privacy_requests.mending import written_down
from vertrouwd.privacy_requests.models import PrivacyRequest, Restriction, ToldReceiver, Weighing
from vertrouwd.privacy_requests.reading import State, state_of
from vertrouwd.privacy_requests.restricting import CAN_RESTRICT
from vertrouwd.privacy_requests.terms import Asker, IdentityCheck, Part, RequestKind, Stage
from vertrouwd.sealing.many_texts import OpenedTexts, open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

PURPOSES = (Purpose.IDENTITY, Purpose.DOSSIER)


@dataclass(frozen=True)
class DocumentRow:
    """One document in the list, with what was decided of it; never what it says."""

    document: Document
    weighing: Weighing | None  # the last, also of an earlier version
    is_weighed: bool
    is_outdated: bool  # it changed since
    is_new: bool  # weighed since the last second look
    ground: "GroundInWords | None"
    words: dict[str, str]  # why, hidden, statement: only where they were opened

    @property
    def key(self) -> str:
        return self.document.key


@dataclass(frozen=True)
class GroundInWords:
    """A ground in the language of the page."""

    ground: Ground

    def __str__(self) -> str:
        return self.ground.title.said_in(get_language() or "nl")


@dataclass(frozen=True)
class Moved:
    """A dossier whose reports are elsewhere, and where this person may go on."""

    dossier: Dossier
    into: list[Dossier]


@dataclass(frozen=True)
class RequestPage:
    """One showing of a request."""

    state: State
    clock: Clock | None
    hint: Hint
    part: Part | None  # of who reads
    texts: OpenedTexts
    documents: list[DocumentRow]
    restrictions: list[Restriction]
    told: list[tuple[ToldReceiver, str]]
    moved: list[Moved]
    may_be_second: list[str]  # who handles it and did not weigh, as long as somebody is needed

    @property
    def request(self) -> PrivacyRequest:
        return self.state.request

    @property
    def asker(self) -> list[str]:
        """Name and contact, as far as they are there."""
        return [words for words in map(self.texts.words, (NAME, CONTACT)) if words]

    @property
    def asked(self) -> str:
        """What the asker wrote or said."""
        return self.texts.words(ASKED) or ""

    @property
    def told_of_extension(self) -> str:
        return self.texts.words(REASON_OF_EXTENSION) or ""

    @property
    def letter(self) -> str:
        """As it was sent; empty before that, or when it cannot be opened."""
        return self.texts.words(LETTER) or ""

    @property
    def returned(self) -> str:
        """Why the second person gave it back."""
        look = self.state.look
        return (self.texts.words(look.field) or "") if look else ""

    @property
    def weighed(self) -> int:
        return sum(row.is_weighed for row in self.documents)

    @property
    def first_to_weigh(self) -> str:
        """The document to go on with."""
        return next((row.key for row in self.documents if not row.is_weighed), "")

    @property
    def is_access(self) -> bool:
        return self.request.kind == RequestKind.ACCESS

    @property
    def is_erasure(self) -> bool:
        return self.request.kind == RequestKind.ERASURE

    @property
    def is_by_document(self) -> bool:
        return RequestKind(self.request.kind).is_by_document

    @property
    def is_for_another(self) -> bool:
        return Asker(self.request.asker).is_for_another

    @property
    def may_weigh(self) -> bool:
        is_time = self.state.stage in (
            Stage.WEIGHING, Stage.SECOND_LOOK, Stage.RETURNED, Stage.LETTER,
        )  # fmt: skip
        return is_time and self.part is not Part.LOOKS_AFTER

    @property
    def may_look_after(self) -> bool:
        return self.state.stage is Stage.SECOND_LOOK and self.part is not Part.WEIGHS

    @property
    def may_write(self) -> bool:
        return self.state.stage is Stage.LETTER

    @property
    def next_step(self) -> NextStep | None:
        """Where who reads goes on; None when that is for somebody else, or nothing is left."""
        stage = self.state.stage
        is_for_who_reads = {
            Stage.WEIGHING: self.may_weigh, Stage.SECOND_LOOK: self.may_look_after,
        }.get(stage, True)  # fmt: skip
        step = NEXT_STEPS.get(stage) or self._again
        if step is None or not is_for_who_reads:
            return None
        at, words = step
        if stage is Stage.WEIGHING:
            at += f"?stuk={self.first_to_weigh}"
        return NextStep(f"/verzoeken/{self.request.reference}/{at}", words)

    @property
    def _again(self) -> tuple[str, Any] | None:
        """Where one goes on with what was given back, where there is no document to weigh."""
        if self.state.stage is not Stage.RETURNED or self.state.documents:
            return None
        return NEXT_STEPS[Stage.DOSSIERS if self.is_established else Stage.IDENTITY]

    @property
    def is_established(self) -> bool:
        """Whether it was checked who asks, and that can be said."""
        return self.request.identity not in ("", IdentityCheck.NOT_ESTABLISHED)

    @property
    def may_find_nothing(self) -> bool:
        """Also once more, after it was given back."""
        is_time = self.state.stage in (Stage.DOSSIERS, Stage.RETURNED)
        return is_time and self.is_established and not self.state.dossiers

    @property
    def article(self) -> str:
        """What the request stands on."""
        return ARTICLES[RequestKind(self.request.kind)]

    @property
    def may_restrict(self) -> bool:
        held = {each.dossier_id for each in self.restrictions if each.lifted_at is None}
        return (
            self.request.kind in CAN_RESTRICT
            and self.request.is_open
            and any(each.pk not in held for each in self.state.dossiers)
        )


def request_page(request: PrivacyRequest, *, by: User, opened: Opened) -> RequestPage:
    """Open the words of a request that came through the door, and write that they were opened."""
    state = state_of(request)
    texts = open_many([request.record], purposes=PURPOSES, opener=opened)[request.record]
    record(
        by=by, action="open_texts", kind="request", object=request.reference,
        detail={"texts": len(texts.texts)},
    )  # fmt: skip
    restrictions = request.restrictions.select_related("dossier", "by", "lifted_by")
    return RequestPage(
        state=state,
        clock=clock_of(request, today=timezone.localdate()),
        hint=_hint(state),
        part=part_of(request, by),
        texts=texts,
        documents=[_row(each, state, texts) for each in state.documents],
        restrictions=list(restrictions),
        told=[(each, texts.words(each.field) or "") for each in request.told.select_related("by")],
        moved=_moved(state, by=by) if request.is_open else [],
        may_be_second=_seconds(state) if state.stage is Stage.SECOND_LOOK else [],
    )


def written_down_on(request: PrivacyRequest, *, by: User, opened: Opened) -> dict[str, Any]:
    """What the form to put it right begins with; opened, and written that it was."""
    found = written_down(request, opened=opened)
    record(
        by=by, action="open_texts", kind="request", object=request.reference,
        detail={"texts": sum(map(bool, (found.name, found.contact, found.words)))},
    )  # fmt: skip
    return asdict(found) | {"seen": found.digest}


def row_of(page: RequestPage, key: str) -> DocumentRow | None:
    """The document of this name, when it is on the page."""
    return next((row for row in page.documents if row.key == key), None)


def _row(document: Document, state: State, texts: OpenedTexts) -> DocumentRow:
    weighing = state.weighings.get(document.key)
    is_weighed = weighing is not None and document.key not in state.unweighed
    ground = grounds().get(weighing.ground) if weighing else None
    return DocumentRow(
        document=document,
        weighing=weighing,
        is_weighed=is_weighed,
        is_outdated=weighing is not None and not is_weighed,
        is_new=state.look is not None and document.key in state.changed,
        ground=GroundInWords(ground) if ground else None,
        words=_words(weighing, texts) if weighing else {},
    )


def _words(weighing: Weighing, texts: OpenedTexts) -> dict[str, str]:
    return {name: texts.words(field) or "" for name, field in weighing.fields.items()}


def _moved(state: State, *, by: User) -> list[Moved]:
    moved = state.moved
    numbers = {number for _, went in moved for number in went}
    seen = visible_dossiers(by, with_way=False).in_bulk(numbers) if numbers else {}
    return [
        Moved(dossier, [seen[number] for number in sorted(went) if number in seen])
        for dossier, went in moved
    ]


def _seconds(state: State) -> list[str]:
    """The colleagues who handle all dossiers and weighed nothing here, by name."""
    weighed = set(state.request.eyes.filter(part=Part.WEIGHS).values_list("user", flat=True))
    handling = handlers_of_each(state.dossiers).values()
    people = set.intersection(*map(set, handling)) if handling else set()
    return sorted(shown(each) for each in people if each.pk not in weighed)


def _hint(state: State) -> Hint:
    turn = TURN[state.stage]
    if state.stage is Stage.RETURNED and not state.documents:
        turn = AGAIN
    if state.stage is Stage.SECOND_LOOK and not state.documents:
        is_unknown = state.request.identity == IdentityCheck.NOT_ESTABLISHED
        turn = NOT_ESTABLISHED if is_unknown else NOTHING
    return Hint(STAGES[state.stage], turn)
