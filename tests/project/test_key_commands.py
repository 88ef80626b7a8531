"""Granting, revoking, rotating and recovering: at a real terminal, and from a script."""

import re
from pathlib import Path

import pytest

from tests.project.key_people import MORE, WRONG_PAPERS, Office, as_one_line, lines_of, with_mistake
from tests.project.running import LINUX
from tests.project.terminal import CTRL_C
from vertrouwd.project.cli import commands

pytestmark = pytest.mark.slow


def test_a_colleague_is_granted_at_a_terminal_and_the_passphrase_is_not_shown(team):
    assert team.opened_by("cor") == 0
    with team.at_terminal("grant-inspector", "cor") as screen:
        screen.answers("User name of the inspector who does this:", "ine")
        screen.answers("Passphrase of ine:", team.phrase("ine"))
        screen.answers("as cor reads them aloud:", team.aloud("cor"))
        assert screen.ends() == 0
        assert "cor can open what the team can open" in screen.said
        assert team.phrase("ine").split()[0] not in screen.said.replace("ine", "")
    assert team.opened_by("cor") == 40


def test_who_has_left_opens_nothing_and_the_last_one_cannot_leave(team):
    granted = team.command(
        "grant-inspector", "cor", "--by", "ine", given=[team.phrase("ine"), team.aloud("cor")]
    )
    assert (granted.returncode, granted.stderr) == (0, "")
    left = team.command("revoke-inspector", "cor")
    assert (left.returncode, left.stderr) == (0, "")
    assert "run `vertrouwd rotate-keys` now" in left.stdout
    before = team.kept()
    for name, reason in [("cor", "no key that could be revoked"), ("ine", "the last holder"),
                         ("ada", "no key that could be revoked")]:  # fmt: skip
        again_ = team.command("revoke-inspector", name)
        assert again_.returncode == 1
        assert reason in again_.stderr
    assert team.kept() == before
    assert team.opened_by("ine") == 40


def wrong_grants(team: Office) -> list[tuple[list[str], list[str], int, str]]:
    """Words, lines typed, exit code, reason."""
    grant, phrase, aloud = ["grant-inspector", "cor", "--by"], team.phrase("ine"), team.aloud("cor")
    words = phrase.split()
    wrong = "This user name and passphrase do not open a key."
    return [
        ([*grant, "ine"], [" ".join(reversed(words)), aloud], 2, wrong),
        ([*grant, "ine"], [" ".join([words[0], "xqz", *words[2:]]), aloud], 2, "number 2."),
        ([*grant, "nobody"], [phrase, aloud], 2, wrong),
        ([*grant, "ada"], [phrase, aloud], 2, wrong),
        ([*grant, "ine"], [phrase, team.aloud("ine")], 2, "not those of the key in the database"),
        ([*grant, "ine"], [phrase], 2, "No answer was given"),
        ([*grant, "cor"], [team.phrase("cor"), aloud], 1, "it was not granted itself"),
        (["grant-inspector", "bo", "--by", "ine"], [phrase], 1, "bo has no key yet"),
        (["rotate-keys", "--by", "ine"], ["geen van deze woorden"], 2, wrong),
        (["rotate-keys", "--by", "ine"], [phrase, "no"], 1, "Nothing was changed."),
        (["rotate-keys", "--by", "cor"], [team.phrase("cor"), "yes"], 1, "it was not granted"),
    ]


def test_a_wrong_passphrase_or_fingerprint_changes_nothing_and_says_so_in_one_line(team):
    before = team.kept()
    for words, given, code, reason in wrong_grants(team):
        done = team.command(*words, given=given)
        assert done.returncode == code, (words, done.stderr)
        assert reason in done.stderr
        assert done.stderr.count("\n") == 1
        assert not any(word in done.stderr for word in given[0].split() if len(word) > 5)
    assert team.kept() == before


def test_a_rotation_that_is_stopped_goes_on_where_it_was(team):
    team.made.run(MORE)
    with team.at_terminal("rotate-keys", "--by", "ine") as screen:
        screen.answers("Passphrase of ine:", team.phrase("ine"))
        shown = screen.waits_for("Make a new team key for these people (yes or no):")
        assert team.aloud("ine").split()[0] in shown
        assert "cor" not in shown
        screen.types("ja")
        screen.waits_for("500 of 4,040")
        screen.presses(CTRL_C)
        assert screen.ends() == 130
        assert "Run it again to go on." in screen.said
        assert "█░" in screen.said
    assert team.opened_by("ine") == 4040
    done = team.command("rotate-keys", "--by", "ine", given=[team.phrase("ine")])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Going on with the rotation that was begun.")
    assert "Team key 2 is live, 4040 data keys are wrapped to it" in done.stdout
    assert team.opened_by("ine") == 4040


def test_the_bar_of_a_rotation_is_full_at_the_end(team):
    with team.at_terminal("rotate-keys", "--by", "ine", "--yes") as screen:
        screen.answers("Passphrase of ine:", team.phrase("ine"))
        assert screen.ends() == 0
        assert f"{'█' * 30} 40 of 40\n" in screen.said
        assert "Team key 2 is live" in screen.said


def test_three_people_with_paper_let_somebody_in_at_a_terminal(team):
    with team.at_terminal("recover-team", "cor") as screen:
        screen.answers("key of cor, read aloud:", team.aloud("cor"))
        for number, paper in enumerate([team.shares[4], team.shares[0]], 1):
            for at, line in enumerate(lines_of(paper), 1):
                screen.answers(f"Share {number} of 3, line {at}:", line)
        screen.answers("Share 3 of 3, line 1:", with_mistake(lines_of(team.shares[2])[0]))
        screen.waits_for("Share 3 of 3: Line 1 of this share does not check")
        screen.answers("Share 3 of 3, line 1:", as_one_line(team.shares[2]))
        assert screen.ends() == 0
        assert "cor can open what the team can open" in screen.said
        assert not lines_of(screen.said)
        assert lines_of(team.shares[4])[1][3:] not in screen.said
    assert team.opened_by("cor") == 40


def test_shares_that_are_not_right_recover_nothing(team):
    before, aloud = team.kept(), team.aloud("cor")
    for case, (retyped, reason) in WRONG_PAPERS.items():
        done = team.command("recover-team", "cor", given=[aloud, *retyped(team.shares)])
        assert done.returncode == 2, (case, done.stderr)
        assert reason in done.stderr, case
        assert done.stderr.count("\n") == 1
    papers = [as_one_line(paper) for paper in team.shares]
    for words, given, code, reason in [
        (["cor"], [team.aloud("ine"), *papers[:3]], 2, "not those of the key"),
        (["bo"], [aloud, *papers[:3]], 1, "bo has no key yet"),
        (["ada"], [aloud, *papers[:3]], 1, "no role that opens cases"),
    ]:
        done = team.command("recover-team", *words, given=given)
        assert (done.returncode, done.stdout) == (code, "")
        assert reason in done.stderr
    assert team.kept() == before
    assert team.opened_by("cor") == 0


def test_a_rehearsal_tries_the_papers_and_opens_nothing(team):
    before, papers = team.kept(), [as_one_line(paper) for paper in team.shares]
    done = team.command("recover-team", "--rehearse", given=[papers[4], papers[1], papers[2]])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Shares 2, 3, 5 of set ")
    bad = [*papers[:2], *WRONG_PAPERS["lines of two papers"][0](team.shares)]
    for words, given in [(["--rehearse"], bad), (["--rehearse", "cor"], papers), ([], papers)]:
        assert team.command("recover-team", *words, given=given).returncode == 2
    assert team.kept() == before


def test_without_a_team_the_other_commands_say_what_comes_first(people):
    before = people.kept()
    for words, given in [
        (["recover-team", "cor"], [people.aloud("cor")]),
        (["rotate-keys", "--by", "ine", "--yes"], [people.phrase("ine")]),
        (["grant-inspector", "cor", "--by", "ine"], [people.phrase("ine"), people.aloud("cor")]),
    ]:
        done = people.command(*words, given=given)
        assert done.returncode == 1, done.stderr
        assert "There is no team key yet. `vertrouwd create-team` makes it." in done.stderr
    assert people.kept() == before


ENDED = """
from django.utils import timezone
from vertrouwd.accounts.models import RoleGrant, User, system_actor
RoleGrant.objects.filter(user__username=%r).update(
    ended_at=timezone.now(), ended_by=system_actor()
)
"""
CLOSED = """
from vertrouwd.accounts.models import User
User.objects.filter(username=%r).update(is_active=False)
"""


@pytest.mark.parametrize("leaving", [ENDED, CLOSED], ids=["no role", "closed"])
def test_the_next_team_key_is_not_sealed_to_who_left_and_was_not_revoked(team, leaving):
    team.command(
        "grant-inspector", "cor", "--by", "ine", given=[team.phrase("ine"), team.aloud("cor")]
    )
    team.made.run(leaving % "cor")
    before = team.kept()
    done = team.command("rotate-keys", "--by", "ine", "--yes", given=[team.phrase("ine")])
    assert done.returncode == 1
    assert "would hold the new key: cor." in done.stderr
    assert team.kept() == before
    team.command("revoke-inspector", "cor")
    done = team.command("rotate-keys", "--by", "ine", "--yes", given=[team.phrase("ine")])
    assert (done.returncode, done.stderr) == (0, "")


def test_who_may_open_no_cases_any_more_unlocks_for_no_command(team):
    team.made.run(ENDED % "ine")
    before = team.kept()
    done = team.command("rotate-keys", "--by", "ine", "--yes", given=[team.phrase("ine")])
    assert (done.returncode, done.stderr) == (1, "ine has no role that opens cases.\n")
    assert team.kept() == before


@pytest.mark.skipif(not LINUX, reason="only Linux shows a process to another")
def test_a_command_that_unlocks_leaves_no_core_dump_while_it_waits(team):
    with team.at_terminal("rotate-keys", "--by", "ine") as screen:
        screen.waits_for("Passphrase of ine:")
        limits = Path(f"/proc/{screen.process.pid}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits)


def test_every_command_that_asks_a_secret_or_reads_reports_is_closed_to_others():
    asks = re.compile(
        r"unlock_at_terminal|read_shares|draft_team|reports_file"
        r"|anchor import .*make_key|anchor\.sign\("
    )
    for name, path in commands().items():
        source = path.read_text()
        if asks.search(source):
            assert "holds_secrets = True" in source, name
