"""The log: lines, the chain over them, and the months that are closed; never a name or a narrative.

Of Line, Link and Segment the database itself refuses to change or remove a row (append_only.py).
"""

from django.db import models


class Line(models.Model):
    """One act, look or refusal, written in the transaction of the act itself."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, blank=True)
    object = models.CharField(max_length=100, blank=True)
    result = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["action"], name="line_by_action"),
            models.Index(fields=["object"], name="line_by_object"),
            models.Index(fields=["actor", "at"], name="line_by_actor"),
        ]

    class Privacy:
        personal = {"actor"}
        plain = {"at", "action", "kind", "object", "result", "origin", "detail"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.object} {self.result}"


class Waiting(models.Model):
    """A line that is not chained yet; a trigger adds it with the line, the sealer takes it away."""

    line = models.OneToOneField(
        Line, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )

    class Privacy:
        personal: set[str] = set()
        plain = {"line"}

    def __str__(self) -> str:
        return str(self.line_id)


class Link(models.Model):
    """The place of a line in the chain: 1, 2, 3 and so on, in the order in which it was sealed."""

    number = models.PositiveBigIntegerField(primary_key=True)
    line = models.OneToOneField(Line, models.PROTECT, related_name="link")
    version = models.PositiveSmallIntegerField()  # of the canonical form (canonical.py)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    class Privacy:
        personal: set[str] = set()
        plain = {"number", "line", "version", "digest"}

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class Segment(models.Model):
    """A month that is over: the part of the chain that was sealed until then, and its file."""

    month = models.CharField(max_length=7, unique=True)  # 2026-11
    first = models.PositiveBigIntegerField()  # numbers in the chain
    last = models.PositiveBigIntegerField()
    count = models.PositiveBigIntegerField()  # lines
    digest = models.CharField(max_length=64)  # of the last link
    file_sha256 = models.CharField(max_length=64)
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["first"]

    class Privacy:
        personal: set[str] = set()
        plain = {"month", "first", "last", "count", "digest", "file_sha256", "closed_at"}

    def __str__(self) -> str:
        return self.month
