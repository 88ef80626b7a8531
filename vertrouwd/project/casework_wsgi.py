"""The casework process, for granian. It never runs with other settings than its own."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "vertrouwd.project.settings.casework"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
