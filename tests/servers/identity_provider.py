"""The login of an organisation for the tests: a real OpenID Connect provider, in its own process.

It is django-oauth-toolkit as it comes; only what it vouches for is chosen by who logs in there:
the user name says what its token will be like.

    python -m tests.servers.identity_provider PORT FOLDER
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.project.running import free_port, listens, wait_until

PASSWORD = "welkom bij de organisatie"
CLIENT, SECRET = "vertrouwd", "een geheim dat alleen deze proef kent"
PEOPLE = (
    # what a sound token says of them
    "two-steps", "two-steps-by-level", "one-step", "stranger",
    # what no sound provider would say
    "other-nonce", "other-issuer", "other-audience", "other-key", "not-signed", "expired",
)  # fmt: skip
LOGIN_PAGE = """<!doctype html><title>Organisatie</title><form method="post">{% csrf_token %}
{{ form.as_p }}<input type="hidden" name="next" value="{{ next }}"><button>Log in</button></form>"""


@dataclass(frozen=True)
class Provider:
    """A provider that runs."""

    port: int

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/o"


@contextmanager
def identity_provider(folder: Path) -> Iterator[Provider]:
    """Run one until the end of the block."""
    provider = Provider(free_port())
    words = [sys.executable, "-m", __name__, str(provider.port), str(folder)]
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        is_up = wait_until(lambda: listens(provider.port) or process.poll() is not None, seconds=40)
        assert is_up and process.poll() is None, (folder / "said.txt").read_text()
        yield provider
    finally:
        process.kill()
        process.wait(timeout=20)


def claims_of(username: str, now: float) -> dict[str, object]:
    """What the token of this person says besides, or instead of, what it should."""
    return {
        "two-steps": {"amr": ["pwd", "otp"]},
        "two-steps-by-level": {"acr": "https://refeds.org/profile/mfa"},
        "one-step": {"amr": ["pwd"]},
        "stranger": {"amr": ["pwd", "otp"]},
        "other-nonce": {"nonce": "the answer to a question of somebody else"},
        "other-issuer": {"iss": "http://127.0.0.1:1/o"},
        "other-audience": {"aud": "another client"},
        "expired": {"iat": int(now) - 7200, "exp": int(now) - 3600},
    }.get(username, {})


def _configure(port: int, folder: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    apps = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
    pages = {"registration/login.html": LOGIN_PAGE}
    settings.configure(
        SECRET_KEY="a key of a provider of one test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.servers.identity_provider_pages",
        INSTALLED_APPS=[*apps, "oauth2_provider"],
        MIGRATION_MODULES={
            name.rpartition(".")[2]: None for name in [*apps, "oauth2_provider"]
        },
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}
        },
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", pages)],
                "context_processors": ["django.template.context_processors.request"],
            },
        }],
        LOGIN_URL="/login",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OIDC_RSA_PRIVATE_KEY": key.decode(),
            "OAUTH2_VALIDATOR_CLASS": "tests.servers.identity_provider_pages.AsTheyAreCalled",
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "who you are"},
        },
    )  # fmt: skip


def _fill() -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from oauth2_provider.models import get_application_model

    call_command("migrate", run_syncdb=True, verbosity=0)
    for username in PEOPLE:
        get_user_model().objects.create_user(username, password=PASSWORD)
    get_application_model().objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris="http://localhost/inloggen/organisatie/terug",
        algorithm="RS256",
        skip_authorization=True,
    )


def main(port: int, folder: Path) -> None:
    """Serve until killed."""
    _configure(port, folder)
    import django

    django.setup()
    _fill()
    from django.core.servers.basehttp import run
    from django.core.wsgi import get_wsgi_application

    run("127.0.0.1", port, get_wsgi_application(), threading=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
