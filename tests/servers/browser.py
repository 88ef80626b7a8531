"""A real Chromium for the tests: that of the machine, else installed by what the machine offers."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"  # carries the binary inside the package
OWN = Path(__file__).resolve().parent.parent.parent / ".venv" / "browser"
FLAGS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> Path | None:
    """A Chromium that starts, or None. VERTROUWD_CHROMIUM names one explicitly."""
    return next((path for path in _candidates() if _starts(path)), None)


def install() -> Path:
    """Find a Chromium, else install one: apt as root, then Playwright's, then npm's."""
    if found := find():
        return found
    for attempt in (_with_apt, _with_playwright, _with_npm):
        print(f"No browser yet: trying {attempt.__name__.removeprefix('_with_')} ...", flush=True)
        if _succeeds(attempt) and (found := find()):
            return found
    raise SystemExit(
        "No Chromium could be installed (tried apt-get, playwright, npm). "
        "Install one, or name it in VERTROUWD_CHROMIUM."
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("VERTROUWD_CHROMIUM"):
        yield Path(named)
    for name in NAMES:
        if path := shutil.which(name):
            yield Path(path)
    yield OWN / "chromium"
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    yield from sorted(cache.glob("chromium*/chrome-*/*chrome*"), reverse=True)


def _starts(path: Path) -> bool:
    try:
        words = [path, *FLAGS, "--version"]
        return subprocess.run(words, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _succeeds(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except (OSError, subprocess.SubprocessError) as failure:
        print(f"  {failure}", flush=True)
        return False
    return True


def _run(*words: str) -> str:
    done = subprocess.run(
        words, check=True, stdout=subprocess.PIPE, text=True, timeout=900, stdin=subprocess.DEVNULL
    )
    return done.stdout.strip()


def _with_apt() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise OSError("needs root on Debian or Ubuntu")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    _run("apt-get", "update", "-qq")
    _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")


def _with_playwright() -> None:
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _with_npm() -> None:
    OWN.mkdir(parents=True, exist_ok=True)
    _run("npm", "install", "--silent", "--no-save", "--prefix", str(OWN), NPM_PACKAGE)
    unpack = "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(console.log)"
    unpacked = subprocess.run(
        ["node", "--input-type=module", "-e", unpack],
        cwd=OWN, check=True, capture_output=True, text=True, timeout=300,
    ).stdout.strip()  # fmt: skip
    shutil.copy(unpacked, OWN / "chromium")


if __name__ == "__main__":
    print(install())
