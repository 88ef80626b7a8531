"""What an installation says of its public site."""

import os

from vertrouwd.figures import demonstrations
from vertrouwd.project import public_site
from vertrouwd.project.home import home_folder

VERTROUWD_ONION = public_site.onion_address(os.environ.get("VERTROUWD_ONION", ""))
VERTROUWD_EXIT_URL = public_site.exit_address(os.environ.get("VERTROUWD_EXIT_URL", ""))
VERTROUWD_THEME = os.environ.get("VERTROUWD_THEME", "")  # a file; empty: theme.css in the home
VERTROUWD_PRIVACY_CONTACT, VERTROUWD_ACCESS_CONTACT = (
    public_site.contact(name, os.environ.get(name, ""))
    for name in ("VERTROUWD_PRIVACY_CONTACT", "VERTROUWD_ACCESS_CONTACT")
)
IS_DEMONSTRATION = demonstrations.are_in(home_folder())
PUBLIC_PROCESSORS = [
    "django.template.context_processors.i18n",
    "vertrouwd.project.numbers.numbers",
    "vertrouwd.publication.frame.site",
]
