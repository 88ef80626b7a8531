"""The rota on its pages: a day, or a span of days that is looked at first."""

import re
from datetime import timedelta

from django.utils import timezone

from vertrouwd.dossiers.models import DutyDay
from vertrouwd.dossiers.rota import set_duty

HIDDEN = re.compile(r'name="(seen|chosen_as)" value="([^"]*)"')


def asked(person, **changes):
    today = timezone.localdate()
    return {
        "first": f"{today}", "last": f"{today + timedelta(days=6)}", "people": [person.pk],
        "weekdays": ["0", "1", "2", "3", "4", "5", "6"],
    } | changes  # fmt: skip


def test_several_days_are_looked_at_and_then_set(coordinator, inspector):
    client, by = coordinator
    today = timezone.localdate()
    set_duty(today, people=[by], by=by)
    assert "/rooster/reeks" in client.get("/rooster").content.decode()
    form = asked(inspector[1])
    page = client.post("/rooster/reeks", form).content.decode()
    assert "Dit verandert op 7 dagen" in page
    assert "coordinator" in page[page.index("Het wordt:") :]
    assert DutyDay.objects.count() == 1
    assert client.post("/rooster/reeks", form | dict(HIDDEN.findall(page))).url == "/rooster"
    assert set(DutyDay.objects.values_list("user", flat=True)) == {inspector[1].pk}
    assert DutyDay.objects.count() == 7


def test_another_choice_than_the_one_that_was_looked_at_is_looked_at_again(coordinator, inspector):
    client, by = coordinator
    page = client.post("/rooster/reeks", asked(inspector[1])).content.decode()
    other = asked(by) | dict(HIDDEN.findall(page))
    assert "Het wordt:" in client.post("/rooster/reeks", other).content.decode()
    assert not DutyDay.objects.exists()


def test_the_second_of_two_sees_who_stands_there_now(coordinator, inspector):
    client, by = coordinator
    today = timezone.localdate()
    form = asked(inspector[1])
    page = client.post("/rooster/reeks", form).content.decode()
    day = client.get(f"/rooster/{today}").content.decode()
    set_duty(today, people=[by], by=by)
    again = client.post("/rooster/reeks", form | dict(HIDDEN.findall(page)))
    assert again.status_code == 400
    assert "Een collega heeft het rooster intussen veranderd." in again.content.decode()
    one = client.post(
        f"/rooster/{today}", {"people": [], "seen": dict(HIDDEN.findall(day))["seen"]}
    )
    said = one.content.decode()
    assert one.status_code == 400
    assert "Nu staat er: coordinator." in said
    assert DutyDay.objects.get().user == by
    client.post(f"/rooster/{today}", {"people": [], "seen": dict(HIDDEN.findall(said))["seen"]})
    assert not DutyDay.objects.exists()


def test_what_cannot_be_planned_is_said_in_words(coordinator, inspector):
    client, _ = coordinator
    today = timezone.localdate()
    for wrong, words in (
        ({"last": f"{today - timedelta(days=1)}"}, "De laatste dag ligt voor de eerste dag."),
        ({"first": f"{today - timedelta(days=1)}"}, "Kies dagen van vandaag tot over een jaar."),
        ({"last": f"{today + timedelta(days=500)}"}, "Kies hoogstens een jaar in een keer."),
        ({"weekdays": []}, "Kies een of meer dagen van de week."),
    ):
        answer = client.post("/rooster/reeks", asked(inspector[1], **wrong))
        assert answer.status_code == 400
        assert words in answer.content.decode()
    assert not DutyDay.objects.exists()
