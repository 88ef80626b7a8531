"""Logging in: sessions, the second step, and what a wrong password costs."""

import os

from vertrouwd.accounts.login.organisation import organisation

_TLS = os.environ.get("VERTROUWD_TLS", "") == "1"

LOGIN_APPS = [
    "django.contrib.auth",
    "django.contrib.messages",
    "vertrouwd.accounts.login.allauth_app.AllauthAccountConfig",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
]
LOGIN_MIDDLEWARE: list[str] = [
    "allauth.account.middleware.AccountMiddleware",
    "vertrouwd.accounts.login.sessions.KeepSession",
    "vertrouwd.accounts.login.steps.SecondStep",
]

SESSION_ENGINE = "vertrouwd.accounts.login.session_store"
SESSION_COOKIE_NAME = "login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _TLS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_NAME = "taal"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "/inloggen", "/", "/inloggen"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "vertrouwd.accounts.login.password_rules.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "vertrouwd.accounts.login.password_rules.UnlikeTheName",
     "OPTIONS": {"user_attributes": ["username", "name"]}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "vertrouwd.accounts.login.password_rules.NotGuessable"},
]  # fmt: skip

# allauth: only its second factors and its talk with the organisation's login; none of its pages.
ACCOUNT_ADAPTER = "vertrouwd.accounts.login.adapters.NoSignup"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_ADAPTER = "vertrouwd.accounts.login.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_TOTP_ISSUER = "Vertrouwd"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds before and after; no code is accepted twice
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "vertrouwd.accounts.login.adapters.NoSocialSignup"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds
VERTROUWD_ORGANISATION = organisation()

# axes: counts wrong passwords by digests that change every day; no address, browser or name.
AXES_HANDLER = "vertrouwd.accounts.login.lockout.ShortLock"
AXES_CLIENT_IP_CALLABLE = "vertrouwd.accounts.login.lockout.origin_of"
AXES_USERNAME_CALLABLE = "vertrouwd.accounts.login.lockout.name_of"
AXES_CLIENT_STR_CALLABLE = "vertrouwd.accounts.login.lockout.nobody"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Our own page says that it is locked, and for how long: the middleware of axes is not needed.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
