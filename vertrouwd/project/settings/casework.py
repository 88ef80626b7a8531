"""The casework process: login in two steps, then unlock; the pages of inspectors and colleagues."""

import os

from csp.constants import NONE, SELF

from vertrouwd.project.keys import CASEWORK, secret_key
from vertrouwd.project.settings.base import *  # noqa: F403
from vertrouwd.project.settings.base import NAMED_HOSTS, TLS, VERTROUWD_HOME
from vertrouwd.project.settings.base import TEMPLATES as BASE_TEMPLATES
from vertrouwd.project.settings.login import *  # noqa: F403
from vertrouwd.project.settings.login import LOGIN_APPS, LOGIN_MIDDLEWARE

VERTROUWD_PROCESS = "casework"
VERTROUWD_CLAMD = os.environ.get("VERTROUWD_CLAMD", "")  # a socket, or host:port; empty: no scan
ROOT_URLCONF = "vertrouwd.project.casework_urls"
SECRET_KEY = secret_key(VERTROUWD_HOME, CASEWORK)

INSTALLED_APPS = [
    *INSTALLED_APPS,  # noqa: F405
    "vertrouwd.desk",
    "django.contrib.staticfiles",
    *LOGIN_APPS,
]
CONTEXT_PROCESSORS = [
    "django.template.context_processors.i18n",
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "vertrouwd.project.numbers.numbers",
    "vertrouwd.desk.frame.frame",
]
TEMPLATES = [{**BASE_TEMPLATES[0], "OPTIONS": {"context_processors": CONTEXT_PROCESSORS}}]
CSRF_FAILURE_VIEW = "vertrouwd.desk.answers.not_from_here"
CSRF_COOKIE_NAME = "csrf"
# Behind a server that ends TLS the address of a page says https, and this process cannot see it.
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in NAMED_HOSTS] if TLS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS

MIDDLEWARE = [
    "vertrouwd.project.headers.CaseworkHeaders",
    "vertrouwd.project.request_line.RequestLine",
    "csp.middleware.CSPMiddleware",
    "vertrouwd.project.malformed.RefuseMalformed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "vertrouwd.project.own_forms.OwnForms",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *LOGIN_MIDDLEWARE,
    "vertrouwd.accounts.unlock.session_key.OpensTheKey",
]
APPEND_SLASH = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
