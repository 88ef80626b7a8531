"""The casework process, for granian. It never runs with other settings than its own."""

import gc
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "vertrouwd.project.settings.casework"

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()

# Every few pages Python looks through all it holds for what nobody needs any more: a tenth of a
# second, most of it code. The pages are read now instead of at the first request, and what is here
# by then stays, so nobody looks through it again.
_pages = get_resolver().url_patterns
gc.collect()
gc.freeze()
