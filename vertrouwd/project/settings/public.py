"""The public process: no sessions, no login, no page of the casework, no key to a report."""

from csp.constants import NONE, SELF

from vertrouwd.project import keys
from vertrouwd.project.settings.base import *  # noqa: F403
from vertrouwd.project.settings.base import VERTROUWD_HOME

VERTROUWD_PROCESS = "public"
ROOT_URLCONF = "vertrouwd.project.urls"

# All the keys this process has. None opens a report, none makes a login of the casework.
SECRET_KEY = keys.secret_key(VERTROUWD_HOME, keys.PUBLIC)
FORM_KEY = keys.form_key(VERTROUWD_HOME)
PROOF_KEY = keys.proof_key(VERTROUWD_HOME)

# Not those of the base: contenttypes, the demonstration, whatever the command line needs besides.
INSTALLED_APPS = [
    "vertrouwd.audit",
    "vertrouwd.sealing",
    "vertrouwd.accounts",  # who acts, and the gate that says «public»; none of its pages
    "vertrouwd.schools",
    "vertrouwd.dossiers",
    "vertrouwd.attachments",
    "vertrouwd.figures",
    "vertrouwd.disclosure",
    "vertrouwd.publication",
    "vertrouwd.signpost",
    "vertrouwd.intake",
    "vertrouwd.project",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "vertrouwd.project.headers.PublicHeaders",
    "vertrouwd.project.request_line.RequestLine",
    "csp.middleware.CSPMiddleware",
    "vertrouwd.project.malformed.RefuseMalformed",
    "vertrouwd.project.public_forms.OnlyOwnForms",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vertrouwd.project.language.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
]
APPEND_SLASH = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our own pages need no more

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
