"""Which database: SQLite in the home, or the PostgreSQL that is named."""

from pathlib import Path

import pytest
from django.db import connection

from vertrouwd.project.database import database_settings

HOME = Path("/home-of-this-test")


def test_without_an_address_it_is_sqlite_in_the_home_and_an_acknowledged_write_is_on_disk():
    settings = database_settings("", home=HOME)
    assert settings["ENGINE"].endswith("sqlite3")
    assert settings["NAME"].parent == HOME
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]
    assert "secure_delete=ON" in settings["OPTIONS"]["init_command"]


def test_an_address_names_a_postgresql_server():
    settings = database_settings("postgresql://me:p%40ss@db.example:5433/cases", home=HOME)
    assert settings["ENGINE"].endswith("postgresql")
    named = {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "cases", "USER": "me", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433",
    }  # fmt: skip


def test_a_socket_folder_goes_in_the_query_and_other_options_are_kept():
    settings = database_settings("postgresql:///cases?host=/run/pg&sslmode=require", home=HOME)
    assert settings["HOST"] == "/run/pg"
    assert settings["OPTIONS"] == {"sslmode": "require", "options": "-c jit=off"}


def test_what_an_address_asks_of_the_server_goes_before_what_we_ask():
    settings = database_settings("postgresql:///cases?options=-c%20jit%3Don", home=HOME)
    assert settings["OPTIONS"] == {"options": "-c jit=off -c jit=on"}  # the last one counts


@pytest.mark.parametrize("address", ["", "postgresql:///cases"])
def test_a_connection_is_kept_between_requests_and_tried_before_it_is_used_again(address):
    settings = database_settings(address, home=HOME)
    assert settings["CONN_MAX_AGE"] == 60
    assert settings["CONN_HEALTH_CHECKS"] is True


def test_another_kind_of_database_is_refused_with_what_is_possible():
    with pytest.raises(ValueError, match=r"starts with 'mysql:'. Possible: postgresql://"):
        database_settings("mysql://somewhere/cases", home=HOME)


def test_the_tests_really_run_on_the_database_that_is_named(db, settings):
    wanted = "postgresql" if settings.DATABASE_ADDRESS else "sqlite"
    assert connection.vendor == wanted


@pytest.mark.postgres
def test_a_real_postgresql_answers(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000
        cursor.execute("SHOW jit")
        assert cursor.fetchone()[0] == "off"
