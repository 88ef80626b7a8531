"""The page of a dossier: what was told beside what is coded, who knows it, and what was done."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.dossiers.casework import handle, on_duty, supervise
from tests.factories import make_institution, make_report
from vertrouwd.accounts.models import system_actor
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.actions import code_dossier
from vertrouwd.dossiers.casework_terms import Outcome
from vertrouwd.dossiers.joining import join_dossiers, not_the_same, separate_report
from vertrouwd.dossiers.life import close
from vertrouwd.dossiers.models import Consent, Message, ReporterWish
from vertrouwd.dossiers.notes import add_note
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.dossiers.tasks import add_task
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts


def join(source, into, desk) -> None:
    join_dossiers(
        source, into=into, reason="hetzelfde voorval", by=desk.user,
        words="Zelfde dag, zelfde gang.", opened=desk.opened,
    )  # fmt: skip


def timeline(page: str) -> str:
    return page.split('id="tijdlijn"')[1]


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_timeline_tells_acts_in_words_and_never_who_looked(desk) -> None:
    dossier, other = desk.dossier(), desk.dossier()
    join(other, dossier, desk)
    code_dossier(
        dossier, category="overig", subcategory="", sector="po", by=desk.user,
        reason="meer bekend geworden",
    )  # fmt: skip
    close(dossier, outcome=Outcome.ADVISED, by=desk.user)
    desk.page(dossier)
    told = text(timeline(desk.page(dossier)))
    for words in (
        "Ander dossier hierbij gevoegd (hetzelfde voorval)", "Zelfde dag, zelfde gang.",
        other.reference, "Gecodeerd als overig, po (meer bekend geworden)",
        "Gesloten: advies gegeven", "Melding ontvangen", "Toegewezen aan inspector",
    ):  # fmt: skip
        assert words in told, words
    assert "bekeken" not in told


def test_who_can_open_it_is_listed_with_why_and_without_who_supervises(
    desk, coordinator, colleagues
) -> None:
    school, barred = make_institution(), coordinator[1]
    dossier = desk.dossier(institution=school)
    handle(dossier, barred)
    supervise(barred, school)
    set_duty(timezone.localdate(), people=[desk.user], by=barred)
    people = text(desk.page(dossier).split('id="wie"')[1].split("</section>")[0])
    assert "inspector: behandelt het" in people
    assert "inspector: heeft vandaag dienst" in people
    assert "coordinator:" not in people


def test_what_the_reporter_wants_and_allows_stands_with_the_report(desk) -> None:
    dossier = desk.dossier()
    report = dossier.reports.get()
    ReporterWish.objects.create(report=report, wish="advies")
    for given in ("ja", "nee"):  # the last answer holds
        Consent.objects.create(
            report=report, use="terugbellen", given=given, at=timezone.now(), by=desk.user
        )
    page = text(desk.page(dossier))
    assert "Wil advies" in page
    assert "Terugbellen nee" in page


def test_reports_that_are_coded_otherwise_are_pointed_out_until_somebody_decides(desk) -> None:
    one, other = desk.dossier(), desk.dossier(category="fysiek geweld", subcategory="")
    join(other, one, desk)
    warning = "verschillend gecodeerd"
    assert warning in desk.page(one)
    code_dossier(
        one, category="fysiek geweld", subcategory="", sector="po", by=desk.user,
        reason="meldingen verschillen",
    )  # fmt: skip
    assert warning not in desk.page(one)
    third = desk.dossier(category="discriminatie", subcategory="")
    join(third, one, desk)
    assert warning in desk.page(one)


def test_an_old_number_leads_to_where_its_reports_are_with_its_notes_and_tasks(desk) -> None:
    old, new = desk.dossier(), desk.dossier()
    add_note(old, kind="aantekening", words="Van vroeger.", by=desk.user, opened=desk.opened)
    add_task(old, kind="anders", due_on=timezone.localdate(), words="Doe dit.", by=desk.user,
             opened=desk.opened)  # fmt: skip
    join(old, new, desk)
    page = desk.page(old)
    assert f"/dossiers/{new.reference}" in page
    assert "Van vroeger." not in page
    page = desk.page(new)
    assert "Van vroeger." in page
    assert "Doe dit." in page


def test_an_old_number_also_leads_there_who_never_could_open_it(desk) -> None:
    old, new = make_report().dossier, desk.dossier()
    desk.page(old, status=404)
    join_dossiers(old, into=new, reason="anders", by=on_duty())
    assert f"/dossiers/{new.reference}" in desk.page(old)


def test_an_old_number_is_not_there_for_who_may_not_open_what_it_became(desk, coordinator) -> None:
    school = make_institution()
    old, at_school = desk.dossier(), make_report(institution=school).dossier
    supervise(desk.user, school)
    join_dossiers(old, into=at_school, reason="anders", by=on_duty())
    set_duty(timezone.localdate(), people=[desk.user], by=coordinator[1])  # any dossier, today
    assert at_school.reference not in desk.page(old, status=404)
    assert Line.objects.filter(action="look", result="refused").last().object == old.reference


def test_a_number_of_a_dossier_that_one_may_not_open_is_told_nowhere(desk, coordinator) -> None:
    dossier, hidden = desk.dossier(), make_report().dossier
    not_the_same(dossier, hidden, by=coordinator[1])
    shared = desk.dossier()
    join(shared, dossier, desk)
    apart = separate_report(dossier.reports.order_by("pk").last(), reason="anders", by=on_duty())
    apart.dossier.assignments.update(until=timezone.now(), ended_by=coordinator[1])
    page = desk.page(dossier)
    assert hidden.reference not in page
    assert apart.dossier.reference not in page
    assert "Melding losgemaakt" in page


def test_text_of_any_script_stays_text(desk) -> None:
    dossier = desk.dossier()
    words = "<script>alert(1)</script> שלום 👩🏽‍🏫 \u202eomgekeerd"
    seal_texts(
        dossier.reports.get().record, Purpose.THREAD, {"narrative": words}, by=system_actor()
    )
    page = desk.page(dossier)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; שלום 👩🏽‍🏫 \u202eomgekeerd" in page


def test_the_number_of_questions_is_the_same_for_one_report_note_task_and_message_and_for_thirty(
    desk,
) -> None:
    small, large = desk.dossier(), desk.dossier()
    for dossier, number in ((small, 1), (large, 30)):
        for _ in range(number):
            report = make_report()
            seal_texts(report.record, Purpose.THREAD, {"narrative": "Iets."}, by=system_actor())
            seal_texts(report.record, Purpose.IDENTITY, {"accused_name": "K."}, by=system_actor())
            handle(report.dossier, desk.user)
            not_the_same(report.dossier, desk.dossier(), by=desk.user)
            join(report.dossier, dossier, desk)
            facts = {"by": desk.user, "opened": desk.opened}
            add_note(dossier, kind="aantekening", words=report.reference, **facts)
            add_task(dossier, kind="anders", due_on=timezone.localdate(),
                     words=report.reference, **facts)  # fmt: skip
            Message.objects.create(report=report, sender="melder", at=timezone.now())
    counted = []
    for dossier in (small, large, small):
        desk.page(dossier)  # now and then a look is written in the session
        with CaptureQueriesContext(connection) as queries:
            desk.page(dossier)
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2], counted
    assert counted[0] < 46
