"""Settings for the tests: a throw-away home, and the database that VERTROUWD_DATABASE names."""

import os
import tempfile

if "VERTROUWD_TEST_HOME" not in os.environ:
    os.environ["VERTROUWD_TEST_HOME"] = tempfile.mkdtemp(prefix="vertrouwd-test-")
os.environ["VERTROUWD_HOME"] = os.environ["VERTROUWD_TEST_HOME"]

from vertrouwd.project.settings.public import *  # noqa: E402, F403
