"""A filter of system calls for this process, which nothing takes away again; knows no Django.

Only what a process needs that reads one pipe, reckons and writes another. Whatever else it asks of
the kernel (a file, a socket, a process) is refused with EPERM. The program of the filter is classic
BPF, see seccomp(2): look at the architecture, then at the number of the call.
"""

import ctypes
import platform
import struct

PR_SET_SECCOMP, MODE_FILTER = 22, 2
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # REFUSE with EPERM
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER, ARCHITECTURE = 0, 4  # places in the data that the filter looks at

# Name -> number on x86-64, on aarch64 (asm/unistd_64.h, asm-generic/unistd.h).
CALLS = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "readv": (19, 65), "writev": (20, 66), "sched_yield": (24, 124), "mremap": (25, 216),
    "madvise": (28, 233), "nanosleep": (35, 101), "getpid": (39, 172), "exit": (60, 93),
    "gettimeofday": (96, 169), "getrusage": (98, 165), "sigaltstack": (131, 132),
    "gettid": (186, 178), "futex": (202, 98), "sched_getaffinity": (204, 123),
    "restart_syscall": (219, 128), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "exit_group": (231, 94), "getrandom": (318, 278),
}  # fmt: skip
MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def filter_calls(libc: ctypes.CDLL) -> bool:
    """Take it into use, for good; False where the kernel or the machine does not know how.

    The process must have no other thread, and must have given up new privileges.
    """
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = _program(*machine)
    given = _Program(len(program) // 8, program)
    wanted = [ctypes.c_ulong(MODE_FILTER), ctypes.byref(given)]
    return bool(libc.prctl(PR_SET_SECCOMP, *wanted, ctypes.c_ulong(0), ctypes.c_ulong(0)) == 0)


def _program(architecture: int, column: int) -> bytes:
    lines = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    for numbers in CALLS.values():
        lines += [(JUMP_IF_EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, ALLOW)]
    lines.append((RETURN, 0, 0, REFUSE))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
