"""The public process: no sessions, no login, no admin, no page of the casework."""

from csp.constants import NONE, SELF

from vertrouwd.project.settings.base import *  # noqa: F403

VERTROUWD_PROCESS = "public"
ROOT_URLCONF = "vertrouwd.project.urls"

MIDDLEWARE = [
    "vertrouwd.project.headers.PublicHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vertrouwd.project.language.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
]
APPEND_SLASH = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our own pages need no more
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.staticfiles"]  # noqa: F405

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
