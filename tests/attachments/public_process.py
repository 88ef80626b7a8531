"""The public process as it answers, with the page that takes files instead of its own pages.

    python -m tests.attachments.public_process PORT

The server, its settings and what stands around the pages are those of `vertrouwd serve`.
"""

import os
import sys

if __name__ == "__main__":
    from vertrouwd.project import answering

    answering.PROGRAMS["public"] = "tests.attachments.public_process"
    answering.main("public", "127.0.0.1", int(sys.argv[1]), os.getppid())
else:
    from django.conf import settings

    from vertrouwd.project.wsgi import application as application  # it chooses the settings

    settings.ROOT_URLCONF = "tests.attachments.page_that_takes"
