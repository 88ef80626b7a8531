"""E-mails that say that something is there: to whom, when, and what they do not say."""

import json
import re
import socket
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.dossiers.casework import supervise
from tests.factories import make_institution
from tests.notices.conftest import ADDRESS
from tests.servers.mail import MailServer
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.life import close
from vertrouwd.dossiers.refused import Refused
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.terms import JobState
from vertrouwd.notices.actions import choose_notices, send_notice
from vertrouwd.notices.models import Notice, NoticeChoice


def texts(post) -> list[str]:
    return [each.text for each in post.server.received]


def subjects(post) -> list[str]:
    return [each.message["Subject"] for each in post.server.received]


# Something is there


@pytest.mark.parametrize("what", ["dossier", "task", "message", "file"])
def test_who_is_given_something_hears_within_the_hour_that_something_is_there(post, what):
    dossier = post.office.dossier()
    post.choose(digest=False)
    post.work()
    assert post.server.received == []
    post.forward(minutes=20)
    if what == "dossier":
        post.given()
    elif what == "task":
        post.task(dossier, in_days=3, owner=post.office.inspector, made_by=post.office.coordinator)
    elif what == "message":
        post.word_of_reporter(dossier)
    else:
        send(dossier.reports.get(), photo())
    post.forward(minutes=60)
    post.work()
    (received,) = post.server.received
    assert received.recipients == [ADDRESS]
    assert received.message["Subject"] == "Er staat iets voor u klaar"


def test_an_e_mail_holds_no_number_no_name_no_link_and_not_where_it_was_made(post):
    post.choose()
    post.forward(minutes=1)
    dossier = post.given()
    post.task(dossier, in_days=0)
    post.forward(hours=3)
    post.work()
    assert set(subjects(post)) == {"Er staat iets voor u klaar", "Wat er vandaag af moet"}
    for received in post.server.received:
        raw = received.raw.decode()
        for word in (
            dossier.reference, "D-0", "http", "www.", "terugbellen", "psychisch", "Vertrouwd",
            post.office.inspector.username, post.office.coordinator.username,
            socket.gethostname(), socket.getfqdn(),
        ):  # fmt: skip
            assert word not in raw, word
        headers = set(received.message.keys())
        assert headers == {
            "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To",
            "Date", "Message-ID", "Auto-Submitted",
        }  # fmt: skip
        assert received.greeting == "inspectie.example"
        assert received.message["Message-ID"].endswith("@inspectie.example>")


def test_of_all_that_comes_in_on_a_day_one_e_mail_goes_out_and_the_next_day_another(post):
    post.choose(digest=False)
    for _ in range(4):
        post.forward(minutes=61)
        post.given()
        post.forward(minutes=61)
        post.work()
    assert len(post.server.received) == 1
    post.forward(hours=24)
    post.work()
    assert len(post.server.received) == 2
    post.forward(hours=24)  # nothing came in since
    post.work()
    assert len(post.server.received) == 2


def test_what_one_does_oneself_or_may_not_see_or_has_read_is_no_reason(post):
    school = make_institution()
    hidden = post.office.dossier(institution=school)
    own = post.office.dossier()
    supervise(post.office.inspector, school)
    post.choose(digest=False)
    post.forward(minutes=20)
    me = post.office.inspector
    post.task(own, in_days=2, owner=me, made_by=me)
    post.task(hidden, in_days=2, owner=me, made_by=post.office.coordinator)
    read = post.word_of_reporter(own)
    read.read_at = timezone.now()
    read.save()
    post.word_of_reporter(post.office.dossier(post.office.coordinator))
    post.forward(hours=1)
    post.work()
    assert post.server.received == []


# The digest of clocks


def test_on_a_working_day_the_digest_says_how_much_is_due_and_how_much_is_late(post):
    post.choose(ready=False)
    me, dossier = post.office.inspector, post.office.dossier()
    post.task(dossier, in_days=0)
    post.task(dossier, in_days=0, owner=me)
    post.task(dossier, in_days=-3, owner=me)
    post.task(dossier, in_days=1, owner=me)
    post.task(dossier, in_days=0, owner=post.office.coordinator)
    closed = post.office.dossier()
    post.task(closed, in_days=0, owner=me)
    close(closed, outcome="advies gegeven", by=me)
    post.forward(minutes=59)
    post.work()
    assert post.server.received == []
    post.forward(minutes=2)  # seven o'clock
    post.work()
    (text,) = texts(post)
    assert text.splitlines()[:2] == ["Vandaag moeten er 2 dingen af.", "1 ding is te laat."]


@pytest.mark.parametrize(
    "day", [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 25)], ids=str
)  # a Saturday, a Sunday, Christmas
def test_on_other_days_there_is_no_digest(post, day):
    post.choose(ready=False)
    post.task(post.office.dossier(), in_days=0)
    post.travel.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False)
    post.work()
    assert post.server.received == []


def test_who_has_nothing_due_gets_no_digest(post):
    post.choose(ready=False)
    post.task(post.office.dossier(), in_days=2)
    post.forward(hours=4)
    post.work()
    assert not Notice.objects.exists()


def test_a_ladder_that_runs_is_counted_with_the_clocks(post):
    from vertrouwd.duties.due_days import keep_every_due_day
    from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep
    from vertrouwd.duties.rule_sets import rule_sets

    me, dossier = post.office.inspector, post.office.dossier()
    facts = {"by": me, "dossier": dossier}
    assessed = DutyAssessment.objects.create(
        at=timezone.now(), known_on=date(2026, 1, 5), facts={}, advice_only=False,
        rule_set=next(name for name, rules in rule_sets().items() if rules.ladder), **facts,
    )  # fmt: skip
    OwedDuty.objects.create(
        assessment=assessed, duty="aangifteplicht", owed_by="bevoegd gezag", owed_to="politie",
        since=date(2026, 1, 5), verified=False,
    )  # fmt: skip
    TrackStep.objects.create(
        step="aangifte geweigerd", on=date(2026, 1, 5), recorded_at=timezone.now(), **facts
    )
    keep_every_due_day()
    post.choose(ready=False)
    post.forward(hours=4)
    post.work()
    (text,) = texts(post)
    assert "1 ding is te laat" in text


# One's own choice


def test_who_switched_it_off_gets_nothing_also_what_was_planned_before(post):
    post.choose()
    post.task(post.office.dossier(), in_days=0)
    post.forward(minutes=20)
    post.given()
    post.forward(hours=2)
    notice = Notice.objects.create(
        user=post.office.inspector, kind="termijnen", on=timezone.localdate(),
        asked_at=timezone.now(),
    )  # fmt: skip
    post.choose(ready=False, digest=False)
    post.work()
    assert send_notice(notice.pk, now=timezone.now()) is False
    assert post.server.received == []


def test_who_left_gets_nothing(post):
    post.choose()
    post.task(post.office.dossier(), in_days=0)
    post.office.inspector.is_active = False
    post.office.inspector.save()
    post.forward(hours=4)
    post.work()
    assert post.server.received == []


def test_nothing_is_sent_without_an_address_and_a_wish_needs_one(post):
    with pytest.raises(Refused):
        choose_notices(address=" ", ready=True, digest=False, by=post.office.inspector)
    choose_notices(address="", ready=False, digest=False, by=post.office.inspector)
    assert NoticeChoice.objects.get().address == ""


def test_the_line_of_a_choice_does_not_hold_the_address(post):
    post.choose()
    line = Line.objects.latest("pk")
    assert (line.action, line.detail) == ("choose_notices", {"ready": True, "digest": True})
    assert ADDRESS not in str(list(Line.objects.values()))


# The mail server is away


def test_a_notice_is_sent_once_however_often_its_job_is_done(post):
    post.choose(digest=False)
    post.forward(minutes=20)
    post.given()
    post.forward(hours=1)
    post.work()
    number = Notice.objects.get().pk
    assert send_notice(number, now=timezone.now()) is False
    assert len(post.server.received) == 1


def test_a_mail_server_that_is_away_is_tried_again_and_the_e_mail_comes(post, settings):
    post.choose(digest=False)
    post.forward(minutes=20)
    post.given()
    settings.EMAIL_PORT = free_port()
    post.forward(hours=1)
    post.work()
    assert Job.objects.get(kind="send_notice").state == JobState.WAITING
    assert Notice.objects.get().sent_at is None
    settings.EMAIL_PORT = post.server.port
    post.forward(minutes=5)
    post.work()
    assert len(post.server.received) == 1
    assert Notice.objects.get().sent_at == timezone.now()


def test_a_refused_address_ends_as_a_dead_letter_and_is_named_in_no_line(
    post, settings, capfd, caplog
):
    post.choose(digest=False)
    post.forward(minutes=20)
    post.given()
    with MailServer(refuses="550 No such person") as server:
        settings.EMAIL_PORT = server.port
        post.forward(hours=1)
        for _ in range(8):
            post.work()
            post.forward(hours=2)
    job = Job.objects.get(kind="send_notice")
    assert (job.state, job.tries, job.fault) == (JobState.DEAD, 6, "SMTPRecipientsRefused")
    assert server.received == []
    kept = json.dumps(list(Job.objects.values()) + list(Line.objects.values()), default=str)
    said = "".join(capfd.readouterr()) + caplog.text
    assert "SMTPRecipientsRefused" in said
    for word in (ADDRESS, ADDRESS.partition("@")[0], "No such person"):
        assert word not in kept
        assert word not in said


def test_an_e_mail_that_could_not_go_for_two_days_is_dropped(post, settings):
    post.choose(digest=False)
    post.forward(minutes=20)
    post.given()
    settings.EMAIL_PORT = free_port()
    post.forward(hours=1)
    post.work()
    settings.EMAIL_PORT = post.server.port
    post.forward(days=2)
    post.work()
    old = Job.objects.filter(kind="send_notice").earliest("pk")
    assert (old.state, old.fault) == (JobState.DEAD, "GivesUp")
    assert all(re.search("2026-12-01", str(old.arguments)) for _ in "1")


# No mail server


def test_without_a_mail_server_nothing_is_planned(post, settings):
    settings.VERTROUWD_MAIL = "uit"
    post.choose()
    post.task(post.office.dossier(), in_days=0)
    post.given()
    post.forward(hours=4)
    post.work()
    assert not Notice.objects.exists()
    assert post.server.received == []


def test_in_a_demonstration_it_is_written_to_a_folder(post, settings, tmp_path):
    settings.VERTROUWD_MAIL, settings.EMAIL_FILE_PATH = "bestanden", str(tmp_path / "mail")
    post.choose(ready=False)
    post.task(post.office.dossier(), in_days=0)
    post.forward(hours=4)
    post.work()
    (file,) = (tmp_path / "mail").iterdir()
    assert "Vandaag moet er 1 ding af" in file.read_text("utf-8")


def free_port() -> int:
    """Where nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
