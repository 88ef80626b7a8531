"""The command line without any app, key or home folder, for the commands that only reckon."""

INSTALLED_APPS: list[str] = []
VERTROUWD_PROCESS = "command"
DEBUG = False
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = False
