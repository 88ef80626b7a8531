"""The folder of a revision while it is made: by one process, and never half done in its place."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vertrouwd.durable import sync


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Two processes never freeze one year at the same time: the other one waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def in_the_making(folder: Path) -> Iterator[Path]:
    """A folder beside the revisions; what a process that died left there is swept away."""
    for left_behind in folder.glob(".making-*"):
        shutil.rmtree(left_behind, ignore_errors=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


def settle(making: Path, folder: Path) -> Path:
    """Make the files read-only and durable, then give the folder its name in one step."""
    for path in sorted(making.iterdir()):
        path.chmod(0o444)
        sync(path)
    sync(making)
    making.rename(folder)
    sync(folder.parent)
    return folder
