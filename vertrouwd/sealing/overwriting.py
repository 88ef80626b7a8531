"""Let what is deleted be gone from the file, not only from the table.

PostgreSQL keeps dead rows until VACUUM, and both keep what older backups hold: what then helps is
that the team key is rotated and its old secret destroyed (`docs/decisions/team-key.md`).
"""

from django.db import connection, transaction


def overwrite_what_goes() -> None:
    """In this transaction; call it first. SQLite leaves deleted bytes in the file unless asked."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
        transaction.on_commit(_empty_the_journal)


def _empty_the_journal() -> None:
    """The write-ahead log keeps pages of before; a reader that is busy may postpone this."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
