"""What the public door keeps: which forms were sent, and records that wait for their reporter."""

from django.db import models

from vertrouwd.sealing.binding import new_record


class SentForm(models.Model):
    """That the last page of a form was sent; for 24 hours, so that sending it twice is one report.

    `digest` is that of the token of the page, `mac` one under the form key over all answers and
    the digests of all files. `mailbox` is the reference that was given.
    """

    digest = models.CharField(max_length=64, unique=True)
    mac = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    mailbox = models.CharField(max_length=13)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        plain = {"digest", "mac", "at", "mailbox"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class KeptRecord(models.Model):
    """What a reporter wrote down and has not sent: sealed to the mailbox alone, all of it.

    Nobody else opens it, so it is no report and does not count. `sealed` is JSON under a key of its
    own: the coded answers, the texts, who the reporter is, and for each file its record and key.
    `wrapped` is that key, under the key of the mailbox, which is made with `salt`; `reference` is
    that of the mailbox. `files` are the records of its files, so that these are known to be
    somebody's. It goes when it is released (it then is a report under the same reference),
    withdrawn, or after `expires_on`.
    """

    record = models.CharField(max_length=32, unique=True, default=new_record, editable=False)
    reference = models.CharField(max_length=13, unique=True)
    salt = models.BinaryField()
    wrapped = models.BinaryField()
    sealed = models.BinaryField()
    files = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_on = models.DateField(db_index=True)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"sealed"}
        plain = {"record", "reference", "salt", "wrapped", "files", "made_at", "expires_on"}

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
