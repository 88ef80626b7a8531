"""Settings for the tests: a throw-away home, and the database that VERTROUWD_DATABASE names.

Each process of a parallel run has a home of its own.
"""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="vertrouwd-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["VERTROUWD_HOME"] = _home

from vertrouwd.project.settings.public import *  # noqa: E402, F403
