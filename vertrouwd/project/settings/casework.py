"""The casework process: login in two steps, then unlock; the pages of inspectors and colleagues."""

from csp.constants import NONE, SELF

from vertrouwd.project.settings.base import *  # noqa: F403
from vertrouwd.project.settings.base import TEMPLATES as BASE_TEMPLATES
from vertrouwd.project.settings.login import *  # noqa: F403
from vertrouwd.project.settings.login import LOGIN_APPS, LOGIN_MIDDLEWARE

VERTROUWD_PROCESS = "casework"
ROOT_URLCONF = "vertrouwd.project.casework_urls"

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
    "vertrouwd.desk.frame.frame",
]
TEMPLATES = [{**BASE_TEMPLATES[0], "OPTIONS": {"context_processors": CONTEXT_PROCESSORS}}]
CSRF_FAILURE_VIEW = "vertrouwd.desk.answers.forbidden"

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
