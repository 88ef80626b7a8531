"""Settings for the tests: a throw-away home, and the database that VERTROUWD_DATABASE names.

All apps are there, so that the database of the tests has every table; the pages are those of the
public process unless a test asks for the casework (fixture `casework`). Each process of a parallel
run has a home of its own.
"""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="vertrouwd-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["VERTROUWD_HOME"] = _home

from vertrouwd.project.settings.casework import *  # noqa: E402, F403
from vertrouwd.project.settings.casework import BASE_TEMPLATES, CONTEXT_PROCESSORS  # noqa: E402
from vertrouwd.project.settings.public import (  # noqa: E402
    CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY,
)
from vertrouwd.project.settings.public import (  # noqa: E402
    DATA_UPLOAD_MAX_NUMBER_FILES as DATA_UPLOAD_MAX_NUMBER_FILES,
)
from vertrouwd.project.settings.public import (  # noqa: E402
    FILE_UPLOAD_HANDLERS as FILE_UPLOAD_HANDLERS,
)
from vertrouwd.project.settings.public import FORM_KEY as FORM_KEY  # noqa: E402
from vertrouwd.project.settings.public import MIDDLEWARE as MIDDLEWARE  # noqa: E402
from vertrouwd.project.settings.public import ROOT_URLCONF as ROOT_URLCONF  # noqa: E402
from vertrouwd.project.settings.public import (  # noqa: E402
    VERTROUWD_RESERVE_BYTES as VERTROUWD_RESERVE_BYTES,
)
from vertrouwd.project.settings.site import *  # noqa: E402, F403
from vertrouwd.project.settings.site import PUBLIC_PROCESSORS  # noqa: E402

VERTROUWD_PROCESS = "command"

# Pages of both sites are made here: each has its frame.
_PROCESSORS = [*CONTEXT_PROCESSORS, PUBLIC_PROCESSORS[-1]]
TEMPLATES = [{**BASE_TEMPLATES[0], "OPTIONS": {"context_processors": _PROCESSORS}}]
