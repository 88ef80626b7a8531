"""Requests about what is kept of somebody: what is asked, what was decided of each document, by
whom, and what followed. No row here holds a word of what was told: words are sealed.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vertrouwd.dossiers.models import Dossier
from vertrouwd.privacy_requests.restriction_models import Restriction as Restriction
from vertrouwd.privacy_requests.restriction_models import ToldReceiver as ToldReceiver
from vertrouwd.privacy_requests.terms import (
    Asker,
    ExtensionReason,
    IdentityCheck,
    Outcome,
    Part,
    RequestKind,
    Verdict,
)
from vertrouwd.schools.models import choices
from vertrouwd.sealing.binding import new_record

PERSON = settings.AUTH_USER_MODEL


def _person(**more: Any) -> Any:
    """Somebody who works here."""
    return models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", **more)


def _together(*fields: str) -> Q:
    """All of them, or none."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    return none | Q(**{f"{field}__isnull": False for field in fields})


class PrivacyRequest(models.Model):
    """Somebody asks what is kept of them, to have it corrected or erased, or that it is left alone.

    `record` is what its sealed texts are bound to: name and contact of the asker (identity), what
    was asked, why something is not given, and the letter. `due_on` is the last day to answer; an
    extension moves it. `nothing_found_at`: was looked for, and no dossier is about the asker.
    """

    record = models.CharField(max_length=32, unique=True, default=new_record, editable=False)
    kind = models.CharField(max_length=20, choices=choices(RequestKind))
    asker = models.CharField(max_length=20, choices=choices(Asker))
    received_on = models.DateField()
    due_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = _person()
    identity = models.CharField(max_length=40, choices=choices(IdentityCheck), blank=True)
    identity_on = models.DateField(null=True, blank=True)
    identity_at = models.DateTimeField(null=True, blank=True)  # when that was written down
    identity_by = _person(null=True, blank=True)
    authority_seen = models.BooleanField(default=False)  # of who asks for another
    nothing_found_at = models.DateTimeField(null=True, blank=True)
    nothing_found_by = _person(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)  # the day on which the asker was told
    extended_by = _person(null=True, blank=True)
    extension_reason = models.CharField(max_length=30, choices=choices(ExtensionReason), blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)  # by the asker
    withdrawn_by = _person(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_by = _person(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                name="requests_to_be_answered",
                fields=["due_on", "id"],
                condition=Q(sent_on__isnull=True, withdrawn_on__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_request_is_due_after_it_came", condition=Q(due_on__gt=F("received_on"))
            ),
            models.CheckConstraint(
                name="a_checked_identity_says_how_when_and_by_whom",
                condition=_together("identity_on", "identity_by")
                & (Q(identity="", identity_on__isnull=True) | Q(identity_on__isnull=False)
                   & ~Q(identity="")),
            ),
            models.CheckConstraint(
                name="nothing_found_says_when_and_by_whom",
                condition=_together("nothing_found_at", "nothing_found_by"),
            ),
            models.CheckConstraint(
                name="an_extension_says_when_why_and_by_whom",
                condition=_together("extended_on", "extended_by")
                & (Q(extension_reason="", extended_on__isnull=True)
                   | Q(extended_on__isnull=False) & ~Q(extension_reason="")),
            ),
            models.CheckConstraint(
                name="a_request_ends_in_one_way",
                condition=_together("withdrawn_on", "withdrawn_by")
                & _together("sent_on", "sent_by")
                & (Q(withdrawn_on__isnull=True) | Q(sent_on__isnull=True)),
            ),
        ]  # fmt: skip

    class Privacy:
        personal = {
            "recorded_by", "identity_by", "nothing_found_by", "extended_by", "withdrawn_by",
            "sent_by",
        }  # fmt: skip
        plain = {
            "record", "kind", "asker", "received_on", "due_on", "recorded_at", "identity",
            "identity_on", "identity_at", "authority_seen", "nothing_found_at", "extended_on",
            "extension_reason", "withdrawn_on", "sent_on",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"AV-{self.pk:07}"

    @property
    def is_open(self) -> bool:
        return self.sent_on is None and self.withdrawn_on is None


class RequestedDossier(models.Model):
    """A dossier that a request is about; one that was added by mistake is taken out and stays."""

    request = models.ForeignKey(PrivacyRequest, on_delete=models.PROTECT, related_name="about")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = _person()
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = _person(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_request_is_about_a_dossier_once",
                fields=["request", "dossier"],
                condition=Q(taken_out_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_dossier_taken_out_says_when_and_by_whom",
                condition=_together("taken_out_at", "taken_out_by"),
            ),
        ]

    class Privacy:
        personal = {"added_by", "taken_out_by"}
        plain = {"request", "dossier", "added_at", "taken_out_at"}

    def __str__(self) -> str:
        return f"{self.request} {self.dossier}"


class Eyes(models.Model):
    """What somebody does in a request: weigh, or look after it as the second. Never both.

    One row for a person in a request: the database keeps the four eyes.
    """

    request = models.ForeignKey(PrivacyRequest, on_delete=models.PROTECT, related_name="eyes")
    user = _person()
    part = models.CharField(max_length=20, choices=choices(Part))
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="nobody_is_both_first_and_second", fields=["request", "user"]
            )
        ]

    class Privacy:
        personal = {"user"}
        plain = {"request", "part", "since"}

    def __str__(self) -> str:
        return f"{self.request} {self.part}"


class Weighing(models.Model):
    """What was decided of one document, or of the dossier; the last one of a document stands.

    `document` names it (`M-0000012.narrative`), `version` how it then was: when the document
    changes it is weighed again. `ground` is a code of `data/grounds.toml`. Sealed with the texts
    of the request: why, what is blacked out, and the statement that comes into the dossier.
    """

    request = models.ForeignKey(PrivacyRequest, on_delete=models.PROTECT, related_name="weighings")
    document = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=40, choices=choices(Outcome))
    ground = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = _person()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="what_is_withheld_or_restricted_has_a_ground",
                condition=(
                    Q(outcome__in=[Outcome.GIVE, Outcome.NOT_ABOUT, Outcome.CORRECT]) & Q(ground="")
                )
                | (
                    ~Q(outcome__in=[Outcome.GIVE, Outcome.NOT_ABOUT, Outcome.CORRECT])
                    & ~Q(ground="")
                ),
            )
        ]

    class Privacy:
        personal = {"by"}
        plain = {"request", "document", "version", "outcome", "ground", "at"}

    def __str__(self) -> str:
        return f"{self.document} {self.outcome}"

    @property
    def fields(self) -> dict[str, str]:
        """Under which names is sealed why, what is blacked out, and what comes into the dossier."""
        return {name: f"{name}-{self.pk}" for name in ("why", "hidden", "statement")}


class SecondLook(models.Model):
    """A second person looked at all weighings: agrees, or gives them back with a sealed reason.

    `contents` is the digest of the documents and weighings that were looked at, `last` the number
    of the newest of them: what was weighed after it is what changed. It holds until they change.
    """

    request = models.ForeignKey(PrivacyRequest, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    by = _person()
    verdict = models.CharField(max_length=30, choices=choices(Verdict))
    contents = models.CharField(max_length=32)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"by"}
        plain = {"request", "at", "verdict", "contents", "last"}

    def __str__(self) -> str:
        return f"{self.request} {self.verdict}"

    @property
    def field(self) -> str:
        """Under which name its reason is sealed."""
        return f"look-{self.pk}"
