"""What both processes and the command line share: no key, each has its own."""

import os
from pathlib import Path

from vertrouwd.project.database import database_settings
from vertrouwd.project.home import home_folder
from vertrouwd.project.settings.mail import *  # noqa: F403

PACKAGE = Path(__file__).resolve().parent.parent.parent
VERTROUWD_HOME = home_folder()
VERTROUWD_PROCESS = "command"  # the origin of a line of the log
DATABASE_ADDRESS = os.environ.get("VERTROUWD_DATABASE", "")

DEBUG = False
NAMED_HOSTS = [
    host for part in os.environ.get("VERTROUWD_HOSTS", "").split(",") if (host := part.strip())
]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *NAMED_HOSTS]

# Whether browsers come by TLS, which a server in front of this one ends.
TLS = os.environ.get("VERTROUWD_TLS", "") == "1"
# Whoever can reach this process can write any header: believed only when told so.
if os.environ.get("VERTROUWD_BELIEVE_PROXY", "") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURITY_CONTACT = os.environ.get("VERTROUWD_SECURITY_CONTACT", "")
SECURITY_POLICY = os.environ.get("VERTROUWD_SECURITY_POLICY", "")

# Nothing of a request is ever put in a temporary file, in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes; larger files have no page yet: not kept
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of a form, files not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "vertrouwd.audit",
    "vertrouwd.jobs",
    "vertrouwd.sealing",
    "vertrouwd.accounts",
    "vertrouwd.schools",
    "vertrouwd.dossiers",
    "vertrouwd.attachments",
    "vertrouwd.duties",
    "vertrouwd.advice",
    "vertrouwd.privacy_requests",
    "vertrouwd.notices",
    "vertrouwd.figures",
    "vertrouwd.disclosure",
    "vertrouwd.publication",
    "vertrouwd.signpost",
    "vertrouwd.intake",
    "vertrouwd.demonstration",
    "vertrouwd.project",
]
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["vertrouwd.accounts.login.password_hashing.Argon2"]
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

ROOT_URLCONF = "vertrouwd.project.urls"
STATIC_URL = "/static/"

# Only what went wrong, by kind and place, on standard error; never who asked for what, or words.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "listed": {"class": "vertrouwd.project.logs.Handler"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["listed"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        # A request that was refused is no fault of ours, and would fill the log with what it held.
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
