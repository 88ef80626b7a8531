"""The ceremony that makes a team: at a real terminal, from a script, and broken off half-way."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.project.key_people import MORE, WRONG_PAPERS, Office, as_one_line, lines_of, with_mistake
from tests.project.terminal import CTRL_C
from vertrouwd.project.share_sheets import CLEAR
from vertrouwd.sealing.ceremony import draft_team

pytestmark = pytest.mark.slow

HOLDERS = ["Ans", "Bo", "Cor", "Dirk", "Els"]
CEREMONY = ["create-team", "--inspector", "ine", "--holders", ", ".join(HOLDERS)]


def test_a_ceremony_at_a_terminal_also_when_people_make_mistakes(people):
    with people.at_terminal(*CEREMONY) as screen:
        screen.answers("key of ine, read aloud", people.aloud("ine"))
        papers = []
        for name in HOLDERS:
            papers.append(screen.waits_for(f"when {name} has this share on paper"))
            assert f"Voor: {name}" in papers[-1]
            screen.types("")
        first, second = lines_of(papers[4]), lines_of(papers[1])
        for number, line in enumerate(first, 1):
            if number == 3:
                screen.answers("line 3:", with_mistake(line))
                screen.waits_for("Share 1 of 3: Line 3 of this share does not check")
            screen.answers(f"line {number}:", line)
        screen.answers("Share 2 of 3, line 1:", as_one_line(papers[4]))
        screen.waits_for("Share 5 was given before: another one is needed.")
        other = draft_team().shares[0]
        screen.answers("Share 2 of 3, line 1:", other.for_qr)
        screen.waits_for(f"Share 1 is of another set ({other.set_id})")
        for number, line in enumerate(second, 1):
            screen.answers(f"line {number}:", line.lower())
        screen.answers("Share 3 of 3, line 1:", as_one_line(papers[0]))
        assert screen.ends() == 0
        assert screen.said.count(CLEAR) >= 2 * len(HOLDERS) + 3
        told = screen.said.rpartition(CLEAR)[2]
        assert "The team key is made, and ine can open" in told
        assert "Grant a second inspector soon" in told
        assert not lines_of(told)
    assert len({as_one_line(paper) for paper in papers}) == len(HOLDERS)
    assert all("█" in paper for paper in papers)
    pin = (people.home / "team.fingerprint").read_text().strip()
    assert all(pin in paper for paper in papers)
    kept = b"".join(path.read_bytes() for path in people.home.rglob("*") if path.is_file())
    for paper in papers:
        assert not any(line[3:].encode() in kept for line in lines_of(paper))
        assert not any(name.encode() in kept for name in HOLDERS if len(name) > 3)
    people.made.run(MORE.replace("4000", "3"))
    assert people.opened_by("ine") == 3
    assert people.opened_by("cor") == 0


@pytest.mark.parametrize("at", ["when Cor has", "Share 2 of 3, line 1:"])
def test_a_ceremony_that_is_broken_off_keeps_nothing(people, at, tmp_path):
    before = people.kept()
    with people.at_terminal(*CEREMONY) as screen:
        screen.answers("key of ine, read aloud", people.aloud("ine"))
        for name in HOLDERS[:2]:
            first = screen.waits_for(f"when {name} has")
            screen.types("")
        if at.startswith("Share"):
            for name in HOLDERS[2:]:
                screen.answers(f"when {name} has", "")
            screen.answers("Share 1 of 3, line 1:", as_one_line(first))
        screen.waits_for(at)
        screen.presses(CTRL_C)
        assert screen.ends() == 130
        assert screen.said.rpartition(CLEAR)[2].strip() == "Stopped."
    assert people.kept() == before


def test_shares_on_their_way_to_a_printer_are_thrown_away_when_it_is_broken_off(people, tmp_path):
    folder, before = tmp_path / "stick", people.kept()
    folder.mkdir()
    with people.at_terminal(*CEREMONY, "--to", str(folder)) as screen:
        screen.answers("key of ine, read aloud", people.aloud("ine"))
        screen.waits_for("Share 1 of 3, line 1:")
        files = sorted(path.name for path in folder.iterdir())
        assert files == [f"share-{n}.{form}" for n in range(1, 6) for form in ("svg", "txt")]
        assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
        screen.presses(CTRL_C)
        assert screen.ends() == 130
    assert list(folder.iterdir()) == []
    assert people.kept() == before


def scripted(people: Office, folder, retyped) -> subprocess.CompletedProcess[str]:
    """The ceremony without a terminal: `retyped` makes of the five papers what is typed."""
    with subprocess.Popen(
        [sys.executable, "-m", "vertrouwd.project.cli", *CEREMONY, "--to", str(folder)],
        env=people.made.environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        process.stdin.write(f"{people.aloud('ine')}\n")
        process.stdin.flush()
        out = ""
        while line := process.stdout.readline():
            out += line
            if line.startswith("Now type"):
                break
        papers = [(folder / f"share-{n}.txt").read_text() for n in range(1, 6)]
        more, err = process.communicate("".join(f"{line}\n" for line in retyped(papers)))
    return subprocess.CompletedProcess(CEREMONY, process.returncode, out + more, err)


def test_a_ceremony_from_a_script_leaves_the_shares_for_a_printer(people, tmp_path):
    done = scripted(people, tmp_path, lambda papers: map(as_one_line, papers[1:4]))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Print the files" in done.stdout
    assert "Voor: Dirk" in (tmp_path / "share-4.txt").read_text()
    assert (tmp_path / "share-4.svg").read_text().startswith("<?xml")
    second = people.command(*CEREMONY)
    assert second.returncode == 1
    assert "There is a team key already" in second.stderr


@pytest.mark.parametrize("case", WRONG_PAPERS)
def test_a_ceremony_with_a_share_that_is_not_right_is_no_ceremony(people, tmp_path, case):
    retyped, reason = WRONG_PAPERS[case]
    folder, before = tmp_path / "stick", people.kept()
    folder.mkdir()
    done = scripted(people, folder, retyped)
    assert done.returncode == 2
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(folder.iterdir()) == []
    assert people.kept() == before


def test_what_is_no_beginning_of_a_team_is_said_before_anything_is_shown(people, tmp_path):
    before = people.kept()
    inside = str(people.home / "shares")
    tries = [
        (CEREMONY, "00000 00000 00000 00000", 2, "not those of the key"),
        ([*CEREMONY, "--inspector", "nobody"], people.aloud("ine"), 2, "nobody with the user name"),
        (["create-team", "--inspector", "ada"], "", 1, "ada has no role that opens cases"),
        (["create-team", "--inspector", "bo"], "", 1, "bo has no key yet"),
        ([*CEREMONY[:3], "--holders", "Ans, Bo"], people.aloud("ine"), 2, "5 different names"),
        ([*CEREMONY, "--to", inside], "", 2, "may not lie in VERTROUWD_HOME"),
        ([*CEREMONY, "--to", str(tmp_path / "no")], "", 2, "There is no folder"),
    ]
    for words, given, code, reason in tries:
        done = people.command(*words, given=[given])
        assert (done.returncode, done.stdout) == (code, ""), done.stderr
        assert reason in done.stderr
        assert done.stderr.count("\n") == 1
    assert people.kept() == before


@pytest.mark.django_db
@pytest.mark.parametrize("holds", ["demonstration.txt", "demonstrations/2022-2023.json", "report"])
@pytest.mark.parametrize("command", [["create_admin"], ["create_team", "--inspector", "ine"]])
def test_real_work_does_not_begin_in_the_home_of_a_demonstration(home, command, holds):
    from tests.factories import make_report
    from vertrouwd.accounts.models import User
    from vertrouwd.sealing.models import TeamKey

    if holds == "report":
        make_report(is_invented=True)
    else:
        (home / holds).parent.mkdir(exist_ok=True)
        (home / holds).write_text("{}")
    people = User.objects.count()
    with pytest.raises(CommandError, match="This home holds a demonstration") as refused:
        call_command(*command)
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert (User.objects.count(), TeamKey.objects.count()) == (people, 0)
