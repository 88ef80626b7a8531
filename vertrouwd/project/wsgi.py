"""The public process, for granian."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vertrouwd.project.settings.public")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
