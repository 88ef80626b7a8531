"""The command line with the apps of every process, for the few commands that touch the login."""

from vertrouwd.project.settings.casework import *  # noqa: F403

VERTROUWD_PROCESS = "command"
