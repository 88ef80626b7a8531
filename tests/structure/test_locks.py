"""Lock files: every file by its hash, no registry by its name, what is tested is what runs."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))


def pinned(name: str) -> dict[str, str]:
    """Package (with its marker) -> version."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = (re.match(r"([a-z0-9-]+)==([^ ]+)( ; .*?)? \\$", line) for line in lines)
    return {m[1] + (m[3] or ""): m[2] for m in found if m}


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_file_names_a_host(name: str):
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"index-url|find-links|trusted-host", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_its_hashes(name: str):
    entries = re.split(r"\n(?=[a-z])", (ROOT / name).read_text("utf-8").strip())
    assert len(entries) == len(pinned(name)) > 1
    assert not [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry]


def test_what_is_tested_is_what_runs():
    run, test = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {package: test.get(package) for package in run} == run


def test_every_dependency_has_its_reason_in_the_decisions():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = [*project["project"]["dependencies"]]
    for group in project["dependency-groups"].values():
        named += group
    record = (ROOT / "docs" / "decisions" / "locked-dependencies.md").read_text("utf-8")
    packages = {re.split(r"[\[<>=]", name)[0] for name in named}
    assert not [p for p in packages if not p.startswith("types-") and p not in record]
