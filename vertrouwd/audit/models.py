"""One line per look and per act; never a name or a narrative."""

from django.db import models


class Line(models.Model):
    """One act, look or refusal, written in the transaction of the act itself."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=40, blank=True)
    object = models.CharField(max_length=100, blank=True)
    result = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"actor"}
        plain = {"at", "action", "kind", "object", "result", "origin", "detail"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.object} {self.result}"
