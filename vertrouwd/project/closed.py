"""A process that gives nothing away: no core dump, no other process looks in, files closed.

What a process holds in memory (an unlocked key, a page somebody reads) must not reach the disk when
it crashes, nor another process of the same account. Linux has more of it than other systems.
"""

import ctypes
import os
import resource
import signal
import sys

# From <sys/prctl.h>.
SET_PARENT_DEATH_SIGNAL, GET_DUMPABLE, SET_DUMPABLE = 1, 3, 4


def close_to_others() -> None:
    """No core dump, no look from another process (Linux), new files for the owner only.

    Set again after each `exec`: it falls back to open there.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(SET_DUMPABLE, 0)


def is_dumpable() -> bool | None:
    """Whether the kernel lets others of this account look into this process; None: unknown."""
    return bool(_prctl(GET_DUMPABLE, 0)) if sys.platform == "linux" else None


def end_with_parent(parent: int, *, by: int = signal.SIGTERM) -> None:
    """Get the signal `by` when the process that started this one is gone, however it went.

    Exits at once when `parent`, its number, is gone already. On other systems than Linux nothing
    is asked of the kernel: a thread looks instead.
    """
    _prctl(SET_PARENT_DEATH_SIGNAL, by)
    if os.getppid() != parent:
        os._exit(0)
    if sys.platform != "linux":
        _watch_parent(parent)


def _watch_parent(parent: int) -> None:
    import threading
    import time

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=look, daemon=True).start()


def _prctl(option: int, value: int) -> int:
    if sys.platform != "linux":
        return 0
    return int(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0))
