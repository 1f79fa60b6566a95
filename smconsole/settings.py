"""One file, the environment alone.

Embedded (no DATABASE_URL, or a sqlite one): data and secrets live in SMCONSOLE_DATA (default `.demo`).
Service (a PostgreSQL DATABASE_URL): every secret must be in the environment, and a missing one stops the start.
"""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

from platforms.config import Config
from smconsole import identity, logs, secrets, strokes

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# ---- where things live -------------------------------------------------------------------------

DATA_DIR = Path(env.str("SMCONSOLE_DATA", default=str(BASE_DIR / ".demo"))).resolve()
DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'console.sqlite3'}")
EMBEDDED = DATABASE_URL.startswith("sqlite")
_embedded_secrets = secrets.load(DATA_DIR) if EMBEDDED else {}


def _secret(name: str) -> str:
    """From the environment; in the embedded console from its own file. Raises ImproperlyConfigured when absent."""
    return env.str(name, default=_embedded_secrets[name]) if EMBEDDED else env.str(name)


SECRET_KEY = _secret("SECRET_KEY")
FERNET_KEYS = _secret("FERNET_KEYS").split(",")
AUDIT_KEY = _secret("AUDIT_KEY")

DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if EMBEDDED:
    # Measured: with IMMEDIATE and WAL, eight writers never met "database is locked" (docs/decisions/0006).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # The suite's browser asks several things at once: in a file each thread has its own connection, as in life.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}
else:
    # Kept from request to request and from task to task (smconsole/celery.py), and tried before each.
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # Planned once per connection: half of what the server spent on a post was reading the same statements again.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")

# ---- who answers --------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if EMBEDDED else [])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = env.bool("SECURE", default=not EMBEDDED)
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"
WSGI_APPLICATION = "smconsole.wsgi.application"
ROOT_URLCONF = "smconsole.urls"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "accounts",  # before allauth: its sign-in pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "django_htmx",
    "guardian",
    "posts",
    "policy",
    "publishing",
    "engagement",
    "smconsole",
]

MIDDLEWARE = [
    "smconsole.logs.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.LastSeen",
    "accounts.middleware.SecondFactorFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "smconsole.middleware.AnswerErrors",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "smconsole.context.console",
            ],
        },
    }
]

# ---- who may come in ----------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ANONYMOUS_USER_NAME = None  # guardian: nobody signed out holds any right
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "accounts.adapter.StaffOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# A station shares one address to the outside, so an address may try more often than one name may.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key"}
# A second factor for whoever's role asks for one (accounts/roles.py). "required": nothing else before it is set up;
# "asked": Today asks for it, and it may wait; "off".
SECOND_FACTOR = env.str("SECOND_FACTOR", default="required" if SECURE else "asked")
MFA_ADAPTER = "accounts.adapter_second_factor.Sealed"
MFA_FORMS = {
    "authenticate": "accounts.forms_second_factor.CodeForm",
    "reauthenticate": "accounts.forms_second_factor.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "smconsole"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; accounts.second_factor.spend sees that once is once
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# Before a channel is connected, a rule signed or a hold released: how long ago the person showed who they are, at most.
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.int("PROVE_AGAIN_AFTER_SECONDS", default=15 * 60)
vars().update(identity.settings(env))
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0 if EMBEDDED else 1)
# Failed sign-ins are counted here, once for all web processes. Nothing else lives in it: it may be emptied at any time.
CACHES = {"default": env.cache_url_config(env.str("CACHE_URL", default=REDIS_URL))}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):  # what is in it are hints and counts: nobody waits long for it
    CACHES["default"]["OPTIONS"] = {"socket_timeout": 1, "socket_connect_timeout": 1}

# ---- what a browser may do ----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}

# ---- pages --------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"  # what people see; the database keeps UTC
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "static_collected")))
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60  # names carry no hash: an upgrade must show within a minute
_npm = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    ("govuk", _npm / "govuk-frontend/dist/govuk"),
    ("moj", _npm / "@ministryofjustice/frontend/moj"),
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FORCE_NAME = env.str("FORCE_NAME", default="Metropolitan Police Service")

# A detector of faces and plates on our own machines (posts/detecting.py); none by default.
PICTURE_DETECTOR = env.str("SMCONSOLE_PICTURE_DETECTOR", default="")

# ---- e-mail: notices only, never a draft's text -------------------------------------------------

# The embedded console puts its messages into a folder instead of sending them.
vars().update(env.email_url("EMAIL_URL", default="filemail://" if EMBEDDED else "smtp://localhost:25"))
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="smconsole@localhost")

# ---- the networks -------------------------------------------------------------------------------

PLATFORMS = Config.from_env({**_embedded_secrets, **os.environ})
# When a post's numbers are asked for, in hours of its age; whole days are asked about late in the UTC day, since X
# charges for a post once a UTC day. "full" puts 15 questions on 11 days, "lean" 6 on 5. Posts are compared by what
# they had brought after a week: a list of your own should hold 168.
METRIC_SCHEDULES: dict[str, list[float]] = {
    "full": [0.25, 1, 3, 6, 12, 24, 48, 72, 96, 120, 144, 168, 336, 504, 672],
    "lean": [1, 6, 24, 72, 168, 672],
}
_SCHEDULE = METRIC_SCHEDULES[env.str("METRIC_SCHEDULE", default="full")]
METRIC_AGES_HOURS = env.list("METRIC_AGES_HOURS", cast=float, default=_SCHEDULE)
# What only a channel's own login is told, and on which UTC days of a post's life: Facebook's insights (a Page's own
# every day), and X's private counts, which X gives for 30 days and which cost as any reading that day's first.
FACEBOOK_INSIGHTS = env.bool("FACEBOOK_INSIGHTS", default=True)
X_PRIVATE_METRICS = env.bool("X_PRIVATE_METRICS", default=False)
INSIGHT_DAYS: dict[str, list[int]] = {
    "facebook": env.list("FACEBOOK_INSIGHT_DAYS", cast=int, default=[*range(1, 8), 14, 21, 28])
    if FACEBOOK_INSIGHTS
    else [],
    "x": env.list("X_PRIVATE_DAYS", cast=int, default=[1, 7, 28]) if X_PRIVATE_METRICS else [],
}
# What the networks really answered is kept so long, to find out why a number is what it is; the numbers stay.
RAW_ANSWERS_DAYS = env.int("RAW_ANSWERS_DAYS", default=14)
# From this day (YYYY-MM-DD) every author is held to training; without it, those whose training stood once.
TRAINING_REQUIRED_SINCE = (
    date.fromisoformat(env.str("TRAINING_REQUIRED_SINCE")) if env.str("TRAINING_REQUIRED_SINCE", default="") else None
)
APPROVAL_LASTS_HOURS = 72
# Of all decisions, how many are judged a second time by somebody who does not know the first (policy/calibrating.py).
SECOND_LOOKS = env.float("SECOND_LOOKS", default=0.05)
# When the DMC's reviewers are at their desks, in London (0 is Monday; bank holidays are left out). What nobody answers
# in so many minutes is asked again, of the back-up mentor and then of the DMC desk (policy/escalating.py).
REVIEW_HOURS = env.str("REVIEW_HOURS", default="08:00-18:00")
REVIEW_DAYS = env.list("REVIEW_DAYS", cast=int, default=[0, 1, 2, 3, 4])
ANSWER_WITHIN_MINUTES = {
    "in hours": env.int("ANSWER_WITHIN_MINUTES", default=30),
    "out of hours": env.int("ANSWER_WITHIN_MINUTES_OUT", default=120),
}
SEND_BY_MINUTES = 30
RELEASE_AHEAD_MINUTES = 10
# Longer than the longest honest request (3 s to connect, 60 s to answer): an older claim is a dead worker's.
CLAIM_LASTS_SECONDS = env.float("CLAIM_LASTS_SECONDS", default=80.0)
# A channel's posts go out one after another, so far apart at least.
LANE_SPACING_SECONDS = {"x": 1, "facebook": 2}
# How old what the registers say may be when a post is judged once more as it goes (policy/facts.py).
KNOWN_FOR_SECONDS = env.float("KNOWN_FOR_SECONDS", default=1.0)
# A row that is due was told to the workers: so long it is not told again (accounts/ticking.py).
TELL_AGAIN_SECONDS = env.float("TELL_AGAIN_SECONDS", default=15.0)
# What could not be sent (a network away, a login refused) tries again after so long, then after twice that, and so on.
PUT_OFF_SECONDS = env.float("PUT_OFF_SECONDS", default=15.0)
# When to look whether a doubtful post is public, counted from the attempt (platforms.md 4.2, step 5).
LOOK_AFTER_SECONDS = env.list("LOOK_AFTER_SECONDS", cast=int, default=[30, 120, 300, 900, 3600])
# When to read a published post back from its network, counted from the moment it was said to be public.
PROVE_AFTER_SECONDS = env.list("PROVE_AFTER_SECONDS", cast=int, default=[60, 300, 900, 3600])
# What Facebook repeats when it asks whether our receiver of webhooks is ours. Empty: there is no receiver.
FACEBOOK_WEBHOOK_TOKEN = env.str("FACEBOOK_WEBHOOK_TOKEN", default="")
# After the fourth look and so many complete ones without a match: one second attempt, where the policy allows it.
LOOKS_BEFORE_SECOND_ATTEMPT = 3
SECOND_ATTEMPT = {"x": "always", "facebook": "with pictures"}

# ---- the clock ----------------------------------------------------------------------------------

CLOCK, SENDING, USUAL = 0, 3, 6  # priorities of messages; Redis takes the lowest number first
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4  # a message is at hand when a child is free; the tick offers again what lingers
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A message of a killed worker comes back within a minute; the rows would be found at the next tick anyway.
    "visibility_timeout": 60,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 5,
    # What the clock says goes before what it told of, and a post that is due before everything that can wait.
    "queue_order_strategy": "priority",
    "priority_steps": [CLOCK, SENDING, USUAL],
}
CELERY_TASK_DEFAULT_PRIORITY = USUAL
CELERY_TASK_ROUTES = {"publishing.tasks.deliver": {"priority": SENDING}}
CELERY_TASK_TIME_LIMIT = 180
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = strokes.schedule(first=CLOCK, usual=USUAL)

logs.configure()
LOG_FORMAT = env.str("LOG_FORMAT", default="plain" if EMBEDDED else "json")
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # one line a request, when it is answered
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = DJANGO_STRUCTLOG_STATUS_5XX_LOG_LEVEL = logging.DEBUG  # Django says these
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# Who may read /metrics: `Authorization: Bearer <this>`. Empty: nobody.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "brief": {"()": "smconsole.refusals.Brief"},
        "redact": {"()": "platforms.redaction.RedactSecrets"},
    },
    "formatters": {"lines": {"()": "smconsole.logs.Structured", "shape": LOG_FORMAT}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["brief", "redact"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("celery", "fido2")},  # fido2 would write down passkeys
        **{name: {"level": "INFO"} for name in ("tweepy", "urllib3")},
    },
}
