"""The public process: no sessions, no login, no page of the casework, no key to a report."""

import os

from csp.constants import NONE, SELF

from vertrouwd.project import keys
from vertrouwd.project.settings.base import *  # noqa: F403
from vertrouwd.project.settings.base import ALLOWED_HOSTS as OUR_HOSTS
from vertrouwd.project.settings.base import TEMPLATES as BASE_TEMPLATES
from vertrouwd.project.settings.base import VERTROUWD_HOME
from vertrouwd.project.settings.site import *  # noqa: F403
from vertrouwd.project.settings.site import PUBLIC_PROCESSORS, VERTROUWD_ONION

VERTROUWD_PROCESS = "public"
ROOT_URLCONF = "vertrouwd.project.urls"

# All the keys this process has. None opens a report, none makes a login of the casework.
SECRET_KEY = keys.secret_key(VERTROUWD_HOME, keys.PUBLIC)
FORM_KEY = keys.form_key(VERTROUWD_HOME)
PROOF_KEY = keys.proof_key(VERTROUWD_HOME)

ALLOWED_HOSTS = [*OUR_HOSTS, VERTROUWD_ONION] if VERTROUWD_ONION else OUR_HOSTS

# Files are sealed by the pages that take them (attachments.uploading), and dropped elsewhere.
FILE_UPLOAD_HANDLERS = ["vertrouwd.attachments.uploading.DropsFiles"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # who chooses a whole folder gets a page that says how many
# What files leave free; unless told otherwise a GiB.
VERTROUWD_RESERVE_BYTES = int(os.environ.get("VERTROUWD_RESERVE_BYTES") or 1 << 30)

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
    "vertrouwd.project.onion.OnionLocation",
    "vertrouwd.project.request_line.RequestLine",
    "csp.middleware.CSPMiddleware",
    "vertrouwd.project.malformed.RefuseMalformed",
    "vertrouwd.project.public_forms.OnlyOwnForms",
    "vertrouwd.project.compressed.CompressedFiles",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vertrouwd.project.language.LanguageOfTheAddress",
    "vertrouwd.project.busy.WaitingPage",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [{**BASE_TEMPLATES[0], "OPTIONS": {"context_processors": PUBLIC_PROCESSORS}}]
APPEND_SLASH = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our own pages need no more

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],  # the quick exit, faster; nothing needs it
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
