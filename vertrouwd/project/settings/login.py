"""Logging in: sessions, the second step, and what a wrong password costs."""

LOGIN_APPS = [
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
]
LOGIN_MIDDLEWARE: list[str] = []
