"""The command line: the few apps of `base`, so that a command starts at once, and the key."""

from vertrouwd.project.keys import CASEWORK, secret_key
from vertrouwd.project.settings.base import *  # noqa: F403
from vertrouwd.project.settings.base import VERTROUWD_HOME

# What a command signs, the casework must recognise.
SECRET_KEY = secret_key(VERTROUWD_HOME, CASEWORK)
