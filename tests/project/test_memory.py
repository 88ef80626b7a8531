"""What a process holds in memory stays there: no core dump, no look from outside, no key beside it.

Linux only: elsewhere nobody shows the limits or the environment of another process.
"""

import json
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.project.running import LINUX, running

pytestmark = pytest.mark.skipif(not LINUX, reason="only Linux shows a process to another")
ROOT = Path(__file__).resolve().parent.parent.parent

# Root is let in everywhere. Where the tests run as root, what makes it so is given up first, for
# the installation as well as for who looks: what is left is two processes of one account.
AS_ANYBODY = """
import ctypes, os, sys
if os.geteuid() == 0:
    drop_from_bounding_set = 24  # <sys/prctl.h>
    for capability in range(64):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-c", *sys.argv[1:]])
"""
LOOK = """
import json, subprocess, sys
from contextlib import suppress
from pathlib import Path
from tests.project.running import running

def seen(number):
    found = []
    for name in ("mem", "environ", "maps"):
        with suppress(PermissionError), open(f"/proc/{number}/{name}", "rb", buffering=0) as file:
            name == "mem" or file.read(1)
            found.append(name)
    return found

with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as another:
    another.stdin.write(b"on"); another.stdin.flush(); another.stdout.read(2)
    with running(Path(sys.argv[1])) as server:
        ours = [seen(number) for number in (server.process.pid, *server.others)]
    print(json.dumps({"another": seen(another.pid), "ours": ours}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One home for these tests: what is in it costs seconds to make."""
    return tmp_path_factory.mktemp("memory") / "home"


@pytest.fixture
def server(home):
    with running(home) as found:
        yield found


def test_no_process_leaves_a_core_dump(server):
    numbers = [server.process.pid, *server.others]
    assert len(numbers) == 5
    for number in numbers:
        limits = Path(f"/proc/{number}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits)


def test_nobody_of_the_same_account_looks_into_a_process(home):
    """Neither memory nor environment nor the map of the memory, though another process is open."""
    words = [sys.executable, "-c", AS_ANYBODY, LOOK, str(home)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["another"] == ["mem", "environ", "maps"]
    assert shown["ours"] == [[], [], [], [], []]


def test_no_key_stands_in_the_environment_or_on_the_command_line(server, home):
    paths = [*(home / "keys").rglob("*.key"), home / "pepper.key"]
    secrets = [path.read_bytes().strip() for path in paths]
    assert len(secrets) == 5
    for number in [server.process.pid, *server.others]:
        beside = Path(f"/proc/{number}/cmdline").read_bytes()
        with suppress(PermissionError):  # who is not root does not even see this
            beside += Path(f"/proc/{number}/environ").read_bytes()
        assert not [path.name for path, one in zip(paths, secrets, strict=True) if one in beside]
