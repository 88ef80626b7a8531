"""The casework process: login in two steps, then unlock; the pages of inspectors and colleagues."""

from csp.constants import NONE, SELF

from vertrouwd.project.settings.base import *  # noqa: F403
from vertrouwd.project.settings.login import *  # noqa: F403
from vertrouwd.project.settings.login import LOGIN_APPS, LOGIN_MIDDLEWARE

VERTROUWD_PROCESS = "casework"
ROOT_URLCONF = "vertrouwd.project.casework_urls"

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.staticfiles", *LOGIN_APPS]  # noqa: F405

MIDDLEWARE = [
    "vertrouwd.project.headers.CaseworkHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *LOGIN_MIDDLEWARE,
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
