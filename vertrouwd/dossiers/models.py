"""Reports, the dossiers they are in, and the ledger that says why."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from vertrouwd.dossiers.access_models import Assignment as Assignment
from vertrouwd.dossiers.access_models import AssignmentChange as AssignmentChange
from vertrouwd.dossiers.access_models import DutyDay as DutyDay
from vertrouwd.dossiers.access_models import GlassBreak as GlassBreak
from vertrouwd.dossiers.access_models import Handover as Handover
from vertrouwd.dossiers.call_models import Consent as Consent
from vertrouwd.dossiers.call_models import Conversation as Conversation
from vertrouwd.dossiers.call_models import Draft as Draft
from vertrouwd.dossiers.call_models import Opinion as Opinion
from vertrouwd.dossiers.call_models import ReporterWish as ReporterWish
from vertrouwd.dossiers.casework_models import Message as Message
from vertrouwd.dossiers.casework_models import Note as Note
from vertrouwd.dossiers.casework_models import SavedFilter as SavedFilter
from vertrouwd.dossiers.casework_models import StatusChange as StatusChange
from vertrouwd.dossiers.casework_models import Task as Task
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.correction_models import Correction as Correction
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Channel,
    LedgerKind,
    Place,
    ReporterRole,
)
from vertrouwd.schools.models import Institution, choices
from vertrouwd.schools.terms import Sector, Setting
from vertrouwd.sealing.binding import new_record


class Dossier(models.Model):
    """All reports of different reporters about one case at one institution.

    This is the unit that is counted. Its coding is copied from the report it was opened with and
    changed only by an act (`Coding`); joining never recodes. A dossier whose reports have all
    moved elsewhere stays, so that its number keeps resolving, but no longer counts.
    `external_group` is the grouping a file came with; rows of later files find their dossier by it.
    `record` is what its sealed texts are bound to. `duty_due_on` is the first day by which a duty
    asks something in it; the app of the duties keeps it, for the order of lists and to count.
    """

    record = models.CharField(max_length=32, unique=True, default=new_record, editable=False)
    external_group = models.CharField(max_length=60, null=True, blank=True, unique=True)
    opened_at = models.DateTimeField()
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers"
    )
    sector = models.CharField(max_length=20, choices=choices(Sector))
    setting = models.CharField(max_length=30, choices=choices(Setting), blank=True)
    category = models.CharField(max_length=30, choices=choices(Category))
    subcategory = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, choices=choices(Status), default=Status.OPEN)
    duty_due_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [  # the work list: of a hundred thousand few are not closed
            models.Index(
                name="dossiers_not_closed",
                fields=["opened_at", "id"],
                condition=~Q(status=Status.CLOSED),
            ),
            models.Index(name="dossiers_by_status", fields=["status", "opened_at", "id"]),
            models.Index(
                name="dossiers_duty_due",
                fields=["duty_due_on", "id"],
                condition=Q(duty_due_on__isnull=False) & ~Q(status=Status.CLOSED),
            ),
        ]

    class Privacy:
        plain = {
            "record", "external_group", "opened_at", "institution", "sector", "setting",
            "category", "subcategory", "status", "duty_due_on",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"D-{self.pk:07}"


class Report(models.Model):
    """What one person told, once; coded answers only, changed by nothing but a `Correction`.

    `dossier` is where the report is now: one, always, which the database keeps (not null). Why it
    is there stands in the ledger, whose fold must give the same dossier. `row_digest` tells per
    column whether the row of a file is still the one that was stored; sealed columns have no part.
    `record` is what its sealed texts are bound to. `mailbox` is the reference (V-7K3-M9Q-TXK) under
    which the reporter finds the messages; null when none was given.
    """

    record = models.CharField(max_length=32, unique=True, default=new_record, editable=False)
    mailbox = models.CharField(max_length=13, null=True, blank=True, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reports")
    external_id = models.CharField(max_length=60, null=True, unique=True)
    row_digest = models.CharField(max_length=200, blank=True)
    received_on = models.DateField(db_index=True)
    recorded_at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=choices(Channel))
    reporter_role = models.CharField(max_length=30, choices=choices(ReporterRole))
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    institution_as_given = models.CharField(max_length=300, blank=True)
    sector = models.CharField(max_length=20, choices=choices(Sector))
    setting = models.CharField(max_length=30, choices=choices(Setting), blank=True)
    category = models.CharField(max_length=30, choices=choices(Category))
    subcategory = models.CharField(max_length=60, blank=True)
    accused_role = models.CharField(max_length=30, choices=choices(AccusedRole))
    accused_age = models.PositiveSmallIntegerField(null=True, blank=True)
    affected_role = models.CharField(max_length=30, choices=choices(AffectedRole))
    affected_age = models.PositiveSmallIntegerField(null=True, blank=True)
    happened_from = models.DateField(null=True, blank=True)
    happened_until = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=20, choices=choices(Place))
    social_media = models.CharField(max_length=10, choices=choices(Answer))
    referred_to_police = models.CharField(max_length=10, choices=choices(Answer))
    is_invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_ages_are_possible",
                condition=(Q(accused_age__isnull=True) | Q(accused_age__lte=120))
                & (Q(affected_age__isnull=True) | Q(affected_age__lte=120)),
            ),
            models.CheckConstraint(
                name="report_ends_after_it_began",
                condition=Q(happened_from__isnull=True)
                | Q(happened_until__isnull=True)
                | Q(happened_until__gte=models.F("happened_from")),
            ),
        ]

    class Privacy:
        plain = {
            "record", "mailbox", "dossier", "external_id", "row_digest", "received_on",
            "recorded_at", "channel", "reporter_role", "institution", "institution_as_given",
            "sector", "setting", "category", "subcategory", "accused_role", "accused_age",
            "affected_role", "affected_age", "happened_from", "happened_until", "place",
            "social_media", "referred_to_police", "is_invented",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"M-{self.pk:07}"


class LedgerEvent(models.Model):
    """One event of the membership ledger; rows are only ever added (the database refuses more).

    Joined: `report` moves from `source` (empty at intake) to `dossier`; without a report, all
    reports then in `source` move. Separated: `report` moves from `source` to `dossier`. Not the
    same: `source` and `dossier` were looked at together and stay apart. Undone: `undoes` no longer
    holds.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=choices(LedgerKind))
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    source = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="ledger_event_names_what_it_moves",
                condition=(
                    Q(kind=LedgerKind.JOINED, dossier__isnull=False, undoes__isnull=True)
                    & (Q(report__isnull=False) | Q(source__isnull=False))
                )
                | Q(
                    kind=LedgerKind.SEPARATED,
                    report__isnull=False,
                    source__isnull=False,
                    dossier__isnull=False,
                    undoes__isnull=True,
                )
                | Q(
                    kind=LedgerKind.NOT_THE_SAME,
                    source__isnull=False,
                    dossier__isnull=False,
                    undoes__isnull=True,
                )
                | Q(kind=LedgerKind.UNDONE, undoes__isnull=False),
            )
        ]

    class Privacy:
        personal = {"by"}
        plain = {"at", "kind", "report", "source", "dossier", "undoes", "reason"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"


class Coding(models.Model):
    """A decision on a dossier's coding: what it was, what it became, who decided and why."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="codings")
    category_before = models.CharField(max_length=30, choices=choices(Category))
    subcategory_before = models.CharField(max_length=60, blank=True)
    sector_before = models.CharField(max_length=20, choices=choices(Sector))
    category = models.CharField(max_length=30, choices=choices(Category))
    subcategory = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=20, choices=choices(Sector))
    reason = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"by"}
        plain = {
            "at", "dossier", "category_before", "subcategory_before", "sector_before",
            "category", "subcategory", "sector", "reason",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.category}"
