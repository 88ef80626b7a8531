"""Two addresses of both processes: whom to tell about a weakness, and «I am here»."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from vertrouwd.accounts.gates import public

VALID_FOR = timedelta(days=182)  # RFC 9116 advises less than a year
PLACE = "/.well-known/security.txt"


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness, in the form of RFC 9116."""
    return HttpResponse(security_lines(datetime.now(UTC)), content_type="text/plain; charset=utf-8")


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The process answers: status 200 and nothing else."""
    return HttpResponse(b"", content_type="text/plain; charset=utf-8")


def security_lines(now: datetime) -> str:
    """The lines of security.txt; the same the whole day."""
    expires = datetime.combine(now.date() + VALID_FOR, time(), UTC)
    lines = []
    if not settings.SECURITY_CONTACT:
        lines += [
            "# Te controleren: wie deze installatie beheert heeft nog geen contact opgegeven",
            "# (VERTROUWD_SECURITY_CONTACT). Meld een zwakke plek in het programma zelf in",
            "# vertrouwen bij de beheerders van de broncode, zoals SECURITY.md daar zegt.",
        ]
    lines += [
        f"Contact: {settings.SECURITY_CONTACT or 'mailto:te-controleren@vertrouwd.invalid'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
    ]
    if settings.SECURITY_POLICY:
        lines.append(f"Policy: {settings.SECURITY_POLICY}")
    lines += [f"Canonical: https://{host}{PLACE}" for host in settings.NAMED_HOSTS]
    return "\n".join(lines) + "\n"


urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("health", health, name="health"),
]
