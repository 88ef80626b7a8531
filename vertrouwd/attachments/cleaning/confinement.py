"""A process shuts itself in before it reads what somebody sent; knows no Django.

Several walls, each of which stands without the others: limits, no new privileges, spaces of its own
without a network, Landlock (no file, no port), and a filter of system calls. What a kernel does not
offer is left out, and `confine` says which walls stand.
"""

import ctypes
import resource
import signal
import sys
from enum import StrEnum
from pathlib import Path

from vertrouwd.attachments.cleaning.seccomp import filter_calls

MEMORY = 1536 * 1024 * 1024  # bytes
PROCESSOR_SECONDS = 60
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
NEW_USER, NEW_NET, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
CREATE_RULESET, RESTRICT_SELF = 444, 446  # on every architecture
ASK_VERSION = 1
# Which rights over files a version of Landlock knows, as a number of bits.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
NEWER = 16


class Wall(StrEnum):
    """What stands around the child."""

    LIMITS = "limits"
    NO_NEW_PRIVILEGES = "no-new-privileges"
    OWN_SPACES = "own-spaces"  # a network of its own, with nothing on it
    LANDLOCK = "landlock"
    CALLS = "calls"


def confine() -> tuple[Wall, ...]:
    """Shut this process in for good; the walls that stand.

    Raises RuntimeError when it has another thread: that one would be outside.
    """
    if _threads() > 1:
        raise RuntimeError("A process with more than one thread cannot be shut in.")
    stand = [Wall.LIMITS] if _limits() else []
    if sys.platform != "linux":
        return tuple(stand)
    libc = ctypes.CDLL(None, use_errno=True)
    _prctl(libc, PR_SET_PDEATHSIG, signal.SIGKILL)
    if libc.unshare(NEW_USER | NEW_NET | NEW_IPC) == 0:
        stand.append(Wall.OWN_SPACES)
    _prctl(libc, PR_SET_DUMPABLE, 0)  # nobody but root looks into its memory
    if _prctl(libc, PR_SET_NO_NEW_PRIVS, 1):
        stand.append(Wall.NO_NEW_PRIVILEGES)
        if _landlock(libc):
            stand.append(Wall.LANDLOCK)
        if filter_calls(libc):
            stand.append(Wall.CALLS)
    return tuple(stand)


def _threads() -> int:
    """1 also where it cannot be seen."""
    listed = Path("/proc/self/task")
    return len(list(listed.iterdir())) if listed.is_dir() else 1


def _limits() -> bool:
    wanted = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 16,
        resource.RLIMIT_NPROC: 0,
    }
    try:
        for limit, value in wanted.items():
            resource.setrlimit(limit, (value, value))
    except (OSError, ValueError):
        return False
    return True


def _prctl(libc: ctypes.CDLL, what: int, value: int) -> bool:
    rest = [ctypes.c_ulong(each) for each in (value, 0, 0, 0)]
    return bool(libc.prctl(what, *rest) == 0)


def _landlock(libc: ctypes.CDLL) -> bool:
    """No rule is added: whatever Landlock knows is refused."""
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))
    if version < 1:
        return False
    files = (1 << FILE_RIGHTS.get(version, NEWER)) - 1
    ports, scopes = (3 if version >= 4 else 0), (3 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    asked = (ctypes.c_uint64 * 3)(files, ports, scopes)
    rules = libc.syscall(
        CREATE_RULESET, ctypes.byref(asked), ctypes.c_size_t(size), ctypes.c_uint32(0)
    )
    return rules >= 0 and bool(libc.syscall(RESTRICT_SELF, rules, ctypes.c_uint32(0)) == 0)
