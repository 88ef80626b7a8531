"""Who gets e-mails and where, and which were sent: never about what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from vertrouwd.notices.terms import NoticeKind
from vertrouwd.schools.models import choices

PERSON = settings.AUTH_USER_MODEL


class NoticeChoice(models.Model):
    """To which work address somebody gets e-mails, and of which kinds; theirs alone to change."""

    user = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="notice_choice")
    address = models.EmailField(max_length=200, blank=True)
    ready = models.BooleanField(default=True)
    digest = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="who_wants_notices_says_where",
                condition=~Q(address="") | Q(ready=False, digest=False),
            )
        ]

    class Privacy:
        personal = {"user", "address"}
        plain = {"ready", "digest", "changed_at"}

    def __str__(self) -> str:
        return f"since {self.changed_at:%Y-%m-%d}"


class Notice(models.Model):
    """One e-mail to one person: at most one of a kind on a day, so that nothing is sent twice.

    It does not say what it is about. `sent_at` is null until the mail server took it.
    """

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30, choices=choices(NoticeKind))
    on = models.DateField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_notice_of_a_kind_is_sent_once_a_day", fields=["user", "kind", "on"]
            )
        ]

    class Privacy:
        personal = {"user"}
        plain = {"kind", "on", "asked_at", "sent_at"}

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.kind}"
