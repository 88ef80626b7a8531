"""One's own e-mails: on, off, to a work address, and what the page says when mail is off."""

import pytest

from tests.desk.worklist.conftest import Desk
from vertrouwd.notices.mail_settings import mail_settings
from vertrouwd.notices.models import NoticeChoice
from vertrouwd.notices.terms import MailRoad

HERE = "/mijn-account/e-mail"


@pytest.fixture
def desk(casework, db, home) -> Desk:
    return Desk()


def choose(desk, **sent):
    return desk.client.post(HERE, sent)


def test_somebody_chooses_an_address_and_switches_it_off_again(desk):
    response = choose(desk, address="ine@inspectie.example", ready="on", digest="on")
    assert response["Location"] == HERE
    assert 'value="ine@inspectie.example"' in desk.get(HERE)
    choose(desk, address="ine@inspectie.example")
    choice = NoticeChoice.objects.get()
    assert (choice.ready, choice.digest) == (False, False)


@pytest.mark.parametrize(
    ("address", "says"),
    [("", "Vul uw e-mailadres van het werk in"), ("ine", "Dit is geen e-mailadres"),
     ("ine@thuis.example", "Gebruik een adres van uw werk: @inspectie.example")],
)  # fmt: skip
def test_an_address_that_will_not_do_is_explained(desk, settings, address, says):
    settings.VERTROUWD_MAIL_DOMAINS = ("inspectie.example",)
    response = choose(desk, address=address, ready="on")
    assert response.status_code == 400
    assert says in response.content.decode()
    assert not NoticeChoice.objects.exists()


def test_the_page_says_when_mail_is_off(desk, settings):
    settings.VERTROUWD_MAIL = "uit"
    assert "er is geen mailserver ingesteld" in desk.get(HERE)
    settings.VERTROUWD_MAIL = "bestanden"
    assert "komt in een map op de server" in desk.get(HERE)
    settings.VERTROUWD_MAIL = "smtp"
    assert "E-mail staat hier uit" not in desk.get(HERE)


def test_who_handles_cases_finds_the_page_at_their_account(desk):
    assert f'href="{HERE}"' in desk.get("/mijn-account")


SERVER = {"VERTROUWD_MAIL_HOST": "mail.example.nl", "VERTROUWD_MAIL_FROM": "Werk <w@example.nl>"}


def test_without_a_server_mail_is_off_and_in_a_demonstration_a_folder():
    assert mail_settings({}, is_demonstration=False).road is MailRoad.OFF
    assert mail_settings({}, is_demonstration=True).road is MailRoad.FILES
    assert mail_settings(SERVER, is_demonstration=True).road is MailRoad.SMTP


@pytest.mark.parametrize(
    ("more", "port", "tls"),
    [({}, 587, "starttls"), ({"VERTROUWD_MAIL_TLS": "tls"}, 465, "tls"),
     ({"VERTROUWD_MAIL_HOST": "mail:2525", "VERTROUWD_MAIL_TLS": "no"}, 2525, "no")],
)  # fmt: skip
def test_a_server_is_spoken_to_under_tls_unless_told_otherwise(more, port, tls):
    found = mail_settings(SERVER | more, is_demonstration=False)
    assert (found.port, found.tls) == (port, tls)


@pytest.mark.parametrize(
    ("more", "says"),
    [({"VERTROUWD_MAIL_FROM": ""}, "VERTROUWD_MAIL_FROM"),
     ({"VERTROUWD_MAIL_TLS": "ssl"}, "Possible: starttls, tls, no"),
     ({"VERTROUWD_MAIL_HOST": "mail:smtp"}, "mail.example.nl:587"),
     ({"VERTROUWD_MAIL_PASSWORD_FILE": "/nergens/geheim"}, "cannot be read")],
)  # fmt: skip
def test_a_setting_that_will_not_do_is_explained(more, says):
    with pytest.raises(ValueError, match=says):
        mail_settings(SERVER | more, is_demonstration=False)


def test_the_password_comes_from_a_file_and_is_not_shown(tmp_path):
    file = tmp_path / "password"
    file.write_text("geheim woord\n")
    found = mail_settings(
        SERVER | {"VERTROUWD_MAIL_PASSWORD_FILE": str(file)}, is_demonstration=False
    )
    assert found.password == "geheim woord"
    assert "geheim" not in repr(found)
