"""The audit line of a revision, and whether the revision on disk is still the one it names.

The manifest names the sha256 of every file; the line names that of the manifest, so that nobody
turns a demonstration into counted figures by editing one word.
"""

from vertrouwd.accounts.models import User
from vertrouwd.audit.models import Line
from vertrouwd.audit.record import record
from vertrouwd.figures.snapshot import DOSSIERS, MANIFEST, REPORTS, Damaged, Snapshot, digest_of

ACTION = "freeze_year"


def record_once(snapshot: Snapshot, *, by: User) -> None:
    """One line a revision; also when the process died between the folder and its line."""
    digest = digest_of(snapshot.folder / MANIFEST)
    if digest in _recorded(snapshot):
        return
    record(
        by=by,
        action=ACTION,
        kind="snapshot",
        object=snapshot.name,
        detail={
            "dossiers": snapshot.rows(DOSSIERS),
            "reports": snapshot.rows(REPORTS),
            "sha256": snapshot.sha256(DOSSIERS),
            "manifest": digest,
            "provisional": snapshot.is_provisional,
        },
    )


def check_recorded(snapshot: Snapshot) -> None:
    """Raise Damaged when lines were written about this revision, and none of this manifest.

    Without any line there is nothing to compare with: the snapshot came from elsewhere.
    """
    recorded = _recorded(snapshot)
    if recorded and digest_of(snapshot.folder / MANIFEST) not in recorded:
        raise Damaged(
            f"{snapshot.path_in_home(MANIFEST)} is not the one that was written down when the "
            "year was frozen. Restore the file from a backup."
        )


def _recorded(snapshot: Snapshot) -> set[str]:
    """Digests of manifests; a line of before they were written down names none."""
    lines = Line.objects.filter(action=ACTION, object=snapshot.name)
    details = lines.values_list("detail", flat=True)
    return {detail["manifest"] for detail in details if "manifest" in detail}
