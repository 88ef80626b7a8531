"""Institutions, their boards and their locations, as the registers know them."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vertrouwd.schools.terms import RegisterCode, Sector, Setting


def choices(terms: type[StrEnum]) -> list[tuple[str, str]]:
    """The values a coded field may hold: stored and shown as the official Dutch word."""
    return [(term.value, term.value) for term in terms]


class Board(models.Model):
    """The competent authority (bevoegd gezag) that answers for institutions."""

    number = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200, blank=True)

    class Privacy:
        plain = {"number", "name"}

    def __str__(self) -> str:
        return self.name or self.number


class Institution(models.Model):
    """One school or childcare provider: one BRIN or LRK number, however many locations.

    An institution outside the registers (mbo, ho, some childcare) has no code and keeps the name
    it was given. `is_invented` marks those of a demonstration year (BRIN `ZZ..`).
    """

    register = models.CharField(max_length=10, choices=choices(RegisterCode))
    code = models.CharField(max_length=20, null=True, unique=True)
    name = models.CharField(max_length=300)
    town = models.CharField(max_length=100, blank=True)
    sector = models.CharField(max_length=20, choices=choices(Sector))
    setting = models.CharField(max_length=30, choices=choices(Setting), blank=True)
    board = models.ForeignKey(Board, null=True, blank=True, on_delete=models.PROTECT)
    closed_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="institution_has_a_code_or_none_is_kept",
                condition=Q(register="geen", code__isnull=True)
                | (~Q(register="geen") & Q(code__isnull=False)),
            )
        ]

    class Privacy:
        plain = {
            "register", "code", "name", "town", "sector", "setting", "board", "closed_on",
            "is_invented",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} ({self.code or 'zonder nummer'})"


class Location(models.Model):
    """One place of an institution (vestiging), as in DUO's register."""

    institution = models.ForeignKey(Institution, related_name="locations", on_delete=models.CASCADE)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=20, choices=choices(Sector))
    street = models.CharField(max_length=200, blank=True)
    house_number = models.CharField(max_length=30, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=100)
    municipality = models.CharField(max_length=100, blank=True)
    province = models.CharField(max_length=50, blank=True)
    denomination = models.CharField(max_length=100, blank=True)
    website = models.CharField(max_length=200, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Privacy:
        plain = {
            "institution", "code", "name", "kind", "sector", "street", "house_number", "postcode",
            "town", "municipality", "province", "denomination", "website", "pupils", "closed_on",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}, {self.town} ({self.code})"


class Supervision(models.Model):
    """An inspector supervises an institution, or all institutions of a board.

    That is a conflict of interest: the dossiers there do not exist for this person. `since` and
    `until` are days; on the last day it no longer holds.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervisions"
    )
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="supervisions"
    )
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.PROTECT, related_name="supervisions"
    )
    since = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="supervision_is_of_an_institution_or_a_board",
                condition=Q(institution__isnull=False, board__isnull=True)
                | Q(institution__isnull=True, board__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_supervision_says_when_and_by_whom",
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__isnull=False, ended_by__isnull=False, until__gte=F("since")),
            ),
        ]

    class Privacy:
        personal = {"user", "recorded_by", "ended_by"}
        plain = {"institution", "board", "since", "recorded_at", "until"}

    def __str__(self) -> str:
        return f"since {self.since:%Y-%m-%d}"
