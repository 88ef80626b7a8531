"""An office in which somebody asked what is kept of them: the acts, by two inspectors.

desk = PrivacyDesk(); request = desk.asked(); desk.weigh_all(request); desk.agree(request)
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.dossiers.casework import Office, handle
from tests.factories import make_report
from vertrouwd.accounts.models import User
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.notes import add_note
from vertrouwd.privacy_requests.actions import check_identity, register_request
from vertrouwd.privacy_requests.answering import send_answer
from vertrouwd.privacy_requests.models import PrivacyRequest, SecondLook, Weighing
from vertrouwd.privacy_requests.reading import State, state_of
from vertrouwd.privacy_requests.second_look import look_after
from vertrouwd.privacy_requests.weighing import weigh_document
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

STORY = "Meester Wim sloeg met de deur, zei Bram."
NAME = "Moniek van Dalen"
OTHER = "rechten-van-anderen"


class PrivacyDesk(Office):
    """The inspector weighs, the second looks after; both handle the dossier and have unlocked."""

    def __init__(self) -> None:
        super().__init__()
        self.second = self.colleague(name="Tweede Persoon")
        self.team.add(self.second)

    def told(self, *, note: str = "Moeder belde terug.", **facts: Any) -> Dossier:
        """A dossier with a story, a name and a note."""
        report = make_report(**facts)
        for person in (self.inspector, self.second):
            handle(report.dossier, person)
        seal_texts(report.record, Purpose.THREAD, {"narrative": STORY}, by=self.inspector)
        names = {"reporter_name": NAME, "accused_name": "Wim"}
        seal_texts(report.record, Purpose.IDENTITY, names, by=self.inspector)
        if note:
            add_note(
                report.dossier, kind="aantekening", words=note, by=self.inspector,
                opened=self.opened,
            )  # fmt: skip
        return report.dossier

    def asked(
        self, dossier: Dossier | None = None, *, kind: str = "inzage", identified: bool = True,
        **facts: Any,
    ) -> PrivacyRequest:  # fmt: skip
        """Somebody asked, a week ago; who it is was checked."""
        facts = {
            "asker": "melder", "received_on": today() - timedelta(days=7), "name": NAME,
        } | facts  # fmt: skip
        request = register_request(
            kind=kind,
            dossier=dossier or self.told(),
            by=self.inspector,
            opened=self.opened,
            **facts,
        )
        return self.identified(request) if identified else request

    def identified(self, request: PrivacyRequest, how: str = "", **more: Any) -> PrivacyRequest:
        return check_identity(
            request, how=how or "identiteitsbewijs gezien", on=today(), by=self.inspector,
            **more,
        )  # fmt: skip

    def weigh(
        self, request: PrivacyRequest, key: str, outcome: str = "geven", **more: Any
    ) -> Weighing:
        """By the inspector, who saw what stands now."""
        by = more.pop("by", self.inspector)
        state = state_of(request)
        document = state.document(key)
        standing = state.weighings.get(key)
        facts = {"version": document.version if document else 1}
        facts |= {"seen": standing.pk if standing else 0}
        return weigh_document(
            request, key, outcome=outcome, by=by, opened=self.of(by), **facts | more
        )

    def refuse(self, request: PrivacyRequest, key: str, **more: Any) -> Weighing:
        more = {"ground": OTHER, "why": "Dit gaat over een ander kind."} | more
        return self.weigh(request, key, "weigeren", **more)

    def weigh_all(self, request: PrivacyRequest, outcome: str = "geven", **more: Any) -> State:
        for key in sorted(state_of(request).unweighed):
            self.weigh(request, key, outcome, **more)
        return state_of(request)

    def agree(self, request: PrivacyRequest, **more: Any) -> SecondLook:
        by = more.pop("by", self.second)
        facts = {"verdict": "akkoord", "seen": state_of(request).contents}
        return look_after(request, by=by, opened=self.of(by), **facts | more)

    def give_back(self, request: PrivacyRequest, reason: str = "Kijk nog eens.") -> SecondLook:
        return self.agree(request, verdict="terug naar de eerste", reason=reason)

    def send(self, request: PrivacyRequest, **more: Any) -> PrivacyRequest:
        facts = {"letter": f"Geachte {NAME},", "on": today()}
        facts["seen"] = state_of(request).contents
        return send_answer(request, by=self.inspector, opened=self.opened, **facts | more)

    def answered(self, request: PrivacyRequest) -> PrivacyRequest:
        """All given, agreed and sent."""
        self.weigh_all(request)
        self.agree(request)
        return self.send(request)

    def of(self, person: User) -> Opened:
        return self.team.opened(person)


def today() -> date:
    """As the acts know it."""
    return timezone.localdate()
