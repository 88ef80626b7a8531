"""Files that are there whole or not at all, also after a power cut. No Django here."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> Path:
    """Write beside the place, bring it to the disk, then give it its name in one step; the path.

    The folder is made when it is not there. When it fails (OSError) the file of before still
    stands, and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        made = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            made.chmod(mode)
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
    return path


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
