"""What both processes and the command line share."""

import os
from pathlib import Path

from vertrouwd.project.database import database_settings
from vertrouwd.project.home import home_folder, secret_key

PACKAGE = Path(__file__).resolve().parent.parent.parent
VERTROUWD_HOME = home_folder()
VERTROUWD_PROCESS = "command"  # the origin of a line of the log
DATABASE_ADDRESS = os.environ.get("VERTROUWD_DATABASE", "")

SECRET_KEY = secret_key(VERTROUWD_HOME)
DEBUG = False
ALLOWED_HOSTS = [
    "localhost", "127.0.0.1", "[::1]",
    *filter(None, os.environ.get("VERTROUWD_HOSTS", "").split(",")),
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "vertrouwd.audit",
    "vertrouwd.sealing",
    "vertrouwd.accounts",
    "vertrouwd.schools",
    "vertrouwd.dossiers",
    "vertrouwd.figures",
    "vertrouwd.disclosure",
    "vertrouwd.publication",
    "vertrouwd.demonstration",
    "vertrouwd.project",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database_settings(DATABASE_ADDRESS, home=VERTROUWD_HOME)}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.i18n"]},
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# The casework process and the command line have no pages yet.
ROOT_URLCONF = "vertrouwd.project.urls"
STATIC_URL = "/static/"

# Only what went wrong, on standard error; never who asked for what.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "stderr": {"class": "logging.StreamHandler"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # A request that was refused is no fault of ours, and would fill the log with what it held.
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
