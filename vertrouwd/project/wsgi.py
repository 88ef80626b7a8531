"""The public process, for granian. It never runs with other settings than its own."""

import gc
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "vertrouwd.project.settings.public"

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()

# What is loaded by now stays, so Python need not look through it again: see casework_wsgi.py.
_pages = get_resolver().url_patterns
gc.collect()
gc.freeze()
