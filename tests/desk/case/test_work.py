"""Notes, tasks, coding, status and messages on the page of a dossier."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.dossiers.casework import give_mailbox, handle
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.joining import join_dossiers, separate_report
from vertrouwd.dossiers.models import Coding, Message, Note, Task
from vertrouwd.dossiers.notes import words_of
from vertrouwd.dossiers.reporter_choices import give_up_code
from vertrouwd.dossiers.reporter_messages import write_from_reporter
from vertrouwd.sealing.opening import Mailbox
from vertrouwd.sealing.terms import Purpose

NOTE = {"kind": "aantekening", "words": "Moeder belt morgen terug."}


def task(**changes) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=3)
    return {"kind": "terugbellen", "due_on": f"{day:%d-%m-%Y}", "words": "Na tien uur.", **changes}


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="(\w+)"', page)[1]


def test_a_note_is_kept_and_the_same_form_sent_twice_is_one_note(desk) -> None:
    dossier = desk.dossier()
    form = NOTE | {"after": 0}
    for _ in range(2):
        assert desk.sent(dossier, "/aantekening", **form).endswith("#aantekeningen")
    assert NOTE["words"] in desk.page(dossier)
    assert Note.objects.count() == 1
    assert "Moeder" not in str(list(Line.objects.values()))


def test_the_second_of_two_inspectors_sees_both_texts_and_loses_nothing(desk, colleague) -> None:
    dossier = desk.dossier()
    handle(dossier, colleague.user)
    desk.sent(dossier, "/aantekening", **NOTE)
    note = Note.objects.get()
    pages = [each.page(dossier, f"/aantekening?nr={note.pk}") for each in (desk, colleague)]
    form = {"note": note.pk, "expected": hidden(pages[0], "expected"), "kind": note.kind}
    assert hidden(pages[1], "expected") == form["expected"]
    colleague.sent(dossier, "/aantekening", **form, words="Zij belt om elf uur.")
    answer = desk.send(dossier, "/aantekening", **form, words="Zij belt om twaalf uur.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Een collega was u voor" in page
    assert "coordinator veranderde deze aantekening" in page
    assert "Zij belt om elf uur." in page
    assert "Zij belt om twaalf uur." in page
    again = {**form, "expected": hidden(page, "expected")}
    desk.sent(dossier, "/aantekening", **again, words="Zij belt om elf of twaalf uur.")
    note.refresh_from_db()
    assert words_of(note, opened=desk.opened) == "Zij belt om elf of twaalf uur."
    assert words_of(note, opened=desk.opened, revision=2) == "Zij belt om elf uur."


def test_a_note_of_another_dossier_is_not_edited_here(desk) -> None:
    dossier, other = desk.dossier(), desk.dossier()
    desk.sent(other, "/aantekening", **NOTE)
    note = Note.objects.get()
    assert NOTE["words"] not in desk.page(dossier, f"/aantekening?nr={note.pk}")
    form = NOTE | {"note": note.pk, "expected": 1, "words": "Zij belt om elf uur."}
    answer = desk.send(dossier, "/aantekening", **form)
    page = answer.content.decode()
    assert (answer.status_code, Note.objects.count()) == (409, 1)
    assert "hoort niet meer bij dit dossier" in page
    assert "Zij belt om elf uur." in page
    assert 'name="note" value=' not in page
    desk.sent(dossier, "/aantekening", **form | {"note": ""})
    note.refresh_from_db()
    assert (note.revision, Note.objects.count()) == (1, 2)


def test_a_note_of_what_was_joined_can_still_be_edited(desk) -> None:
    old, new = desk.dossier(), desk.dossier()
    desk.sent(old, "/aantekening", **NOTE)
    join_dossiers(old, into=new, reason="anders", by=desk.user)
    note = Note.objects.get()
    desk.sent(new, "/aantekening", **NOTE | {"note": note.pk, "expected": 1, "words": "Anders."})
    assert "Anders." in desk.page(new)


def test_a_hundred_thousand_characters_fit_and_one_more_is_kept_in_the_form(desk) -> None:
    dossier = desk.dossier()
    words = ("שלום 👩🏽‍🏫 tekst\n" * 7000)[:99_990].strip()
    desk.sent(dossier, "/aantekening", **NOTE | {"words": words})
    assert words_of(Note.objects.get(), opened=desk.opened) == words
    answer = desk.send(dossier, "/aantekening", **NOTE | {"words": "a" * 100_001})
    assert answer.status_code == 400
    assert "a" * 100_001 in answer.content.decode()


def test_an_empty_note_is_refused_in_words(desk) -> None:
    answer = desk.send(desk.dossier(), "/aantekening", **NOTE | {"words": "   "})
    assert answer.status_code == 400
    assert "Schrijf eerst iets op." in answer.content.decode()


def test_a_task_is_made_taken_done_and_opened_again(desk) -> None:
    dossier = desk.dossier()
    for _ in range(2):
        desk.sent(dossier, "/taak", **task(after=0))
    made = Task.objects.get()
    assert "Na tien uur." in desk.page(dossier)
    for act in ("take", "done"):
        desk.sent(dossier, "/taak/besluit", task=made.pk, act=act)
    made.refresh_from_db()
    assert (made.owner, made.done_by) == (desk.user, desk.user)
    assert "1 taak is gedaan" in desk.page(dossier)
    desk.sent(dossier, "/taak/besluit", task=made.pk, act="done")
    assert "al gedaan" in desk.page(dossier)
    desk.sent(dossier, "/taak/besluit", task=made.pk, act="undone")
    made.refresh_from_db()
    assert made.done_at is None


def test_a_task_of_another_dossier_is_left_alone(desk) -> None:
    dossier, other = desk.dossier(), desk.dossier()
    desk.sent(other, "/taak", **task())
    desk.sent(dossier, "/taak/besluit", task=Task.objects.get().pk, act="done")
    assert Task.objects.get().done_at is None


def test_what_is_wrong_with_a_task_is_said_and_what_was_typed_stays(desk) -> None:
    answer = desk.send(desk.dossier(), "/taak", **task(due_on="gisteren"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Schrijf de dag als" in page
    assert "Na tien uur." in page


def test_the_coding_is_decided_and_what_it_was_stays_to_be_read(desk) -> None:
    dossier = desk.dossier()
    form = {"category": "fysiek geweld", "subcategory": "", "sector": "po",
            "reason": "eerste codering onjuist", "seen": 0}  # fmt: skip
    assert desk.sent(dossier, "/codering", **form).endswith("#codering")
    assert "psychisch geweld, pesten, po" in desk.page(dossier, "/codering")
    late = desk.send(dossier, "/codering", **form | {"category": "overig"})
    assert "Een collega heeft dit dossier intussen gecodeerd" in late.content.decode()
    assert Coding.objects.count() == 1


def test_a_subcategory_of_another_category_is_refused(desk) -> None:
    form = {"category": "overig", "subcategory": "pesten", "sector": "po",
            "reason": "eerste codering onjuist"}  # fmt: skip
    answer = desk.send(desk.dossier(), "/codering", **form)
    assert "hoort bij een andere categorie" in answer.content.decode()


def test_a_dossier_waits_closes_and_opens_again(desk) -> None:
    dossier = desk.dossier()
    desk.sent(dossier, "/status", to="wacht op melder")
    assert "wacht op melder</span>" in desk.page(dossier)
    desk.sent(dossier, "/taak", **task())
    assert "Er staat nog 1 taak open." in desk.page(dossier, "/status")
    without = desk.send(dossier, "/status", to="gesloten")
    assert "Kies met welke afloop" in without.content.decode()
    desk.sent(dossier, "/status", to="gesloten", outcome="advies gegeven")
    twice = desk.send(dossier, "/status", to="gesloten", outcome="advies gegeven")
    assert "al: gesloten" in twice.content.decode()
    assert "Waarom gaat het dossier weer open?" in desk.page(dossier, "/status")
    assert desk.send(dossier, "/status", to="open").status_code == 400
    desk.sent(dossier, "/status", to="open", reason="te vroeg gesloten")
    dossier.refresh_from_db()
    assert dossier.status == Status.OPEN


def test_each_reporter_has_a_mailbox_of_their_own(desk) -> None:
    one, two = desk.dossier(), desk.dossier()
    reports = one.reports.get(), two.reports.get()
    key = give_mailbox(reports[0])
    join_dossiers(two, into=one, reason="anders", by=desk.user)
    assert "Elke melder heeft een eigen postvak" in desk.page(one, "/bericht")
    boxes = [f"/bericht?melding={report.reference}" for report in reports]
    for _ in range(2):
        desk.sent(one, boxes[0], words="Kunt u ons bellen?", after=0)
    message = Message.objects.get()
    assert Mailbox(key).texts(reports[0].record, Purpose.THREAD)[message.field] == (
        "Kunt u ons bellen?"
    )
    assert "Kunt u ons bellen?" in desk.page(one, boxes[0])
    page = desk.page(one, boxes[1])
    assert "Er is dus geen postvak" in page
    assert "Kunt u ons bellen?" not in page
    refused = desk.send(one, boxes[1], words="Hallo?", after=0)
    assert "geen code" in refused.content.decode()
    assert "Hallo?</textarea>" in refused.content.decode()
    assert Message.objects.count() == 1


def test_what_a_reporter_wrote_can_be_read_again_after_the_code_was_given_up(desk) -> None:
    dossier = desk.dossier()
    report = dossier.reports.get()
    key, now = give_mailbox(report), timezone.now()
    write_from_reporter(report, words="Er was iemand bij.", mailbox_key=key, now=now)
    give_up_code(report, mailbox_key=key, now=now)
    assert "Lees wat er staat" in desk.page(dossier)
    for _ in range(2):  # new, and read
        box = desk.page(dossier, f"/bericht?melding={report.reference}")
        assert "Er was iemand bij." in box
        assert "de code is vervallen" in box
        page = desk.page(dossier)
        assert "Postvak van deze melder (2)" in " ".join(page.split())
        assert "kan het postvak niet meer openen" in page


def test_a_message_to_a_reporter_who_left_the_dossier_is_not_sent_and_its_words_stay(desk) -> None:
    dossier, other = desk.dossier(), desk.dossier()
    report = other.reports.get()
    give_mailbox(report)
    join_dossiers(other, into=dossier, reason="anders", by=desk.user)
    box = f"/bericht?melding={report.reference}"
    assert "Zet het bericht klaar" in desk.page(dossier, box)
    report.refresh_from_db()
    separate_report(report, reason="een ander voorval", by=desk.user)
    answer = desk.send(dossier, box, words="Kunt u ons bellen?", after=0)
    page = answer.content.decode()
    assert (answer.status_code, Message.objects.count()) == (409, 0)
    assert "hoort niet meer bij dit dossier" in page
    assert "Kunt u ons bellen?</textarea>" in page
    assert "textarea" not in desk.page(dossier, box)
