"""Django settings. Everything that changes from one installation to another is an environment
variable, listed in `.env.example`; without any, one gets a safe local installation."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from avenant import logs
from avenant.ops import postgres

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("AVENANT_VAR", BASE_DIR / "var"))


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _list(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _made(folder: Path, *, mode: int = 0o777) -> Path:
    """The folder, made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{folder} cannot be made: run this as the account of the installation, or name a folder "
            "that this account may write in AVENANT_VAR."
        ) from error
    return folder


def _local_secret(name: str) -> str:
    """Read, or make once, a secret of this installation kept outside the repository."""
    path = VAR_DIR / "keys" / name
    if not path.exists():
        _made(path.parent, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # the first process wins, the others read its secret
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


DEBUG = _flag("AVENANT_DEBUG", default=False)
AVENANT_DEMO = _flag("AVENANT_DEMO", default="PYTEST_VERSION" in os.environ)
AVENANT_VERSION = "0.1.0"
SECRET_KEY = os.environ.get("AVENANT_SECRET_KEY") or _local_secret("django_secret")
# Key ring for answers and files at rest: newest first, old ones still read.
AVENANT_KEY_RING = _list("AVENANT_KEY_RING", "") or [_local_secret("answers_key")]
# Keyed digests (codes, normalised names, purge register). Never rotated without a re-index.
AVENANT_DIGEST_KEY = os.environ.get("AVENANT_DIGEST_KEY") or _local_secret("digest_key")
# Keys the history: who can write in the database alone cannot write history. Never rotated.
AVENANT_HISTORY_KEY = os.environ.get("AVENANT_HISTORY_KEY") or _local_secret("history_key")
# A folder, of another machine if possible, where each day's anchors of the history are laid.
AVENANT_ANCHOR_FOLDER = os.environ.get("AVENANT_ANCHOR_FOLDER", "")
# The carrier's sealing key: a PKCS#12 file and its passphrase; without one, a local key of this
# installation seals (enough for a demo, not for a carrier).
AVENANT_SEAL_KEY = os.environ.get("AVENANT_SEAL_KEY", "")
AVENANT_SEAL_PASSPHRASE = os.environ.get("AVENANT_SEAL_PASSPHRASE", "")
# A timestamp authority (RFC 3161) makes the seal PAdES B-T; without one it is B-B, and says so.
AVENANT_TIMESTAMP_URL = os.environ.get("AVENANT_TIMESTAMP_URL", "")
# ClamAV's socket, "tcp://127.0.0.1:3310" or "unix:/run/clamav/clamd.ctl"; empty: « non analysé ».
AVENANT_CLAMAV = os.environ.get("AVENANT_CLAMAV", "")

PUBLIC_URL = os.environ.get(
    "AVENANT_PUBLIC_URL", f"http://localhost:{os.environ.get('PORT') or '8000'}"
)
ALLOWED_HOSTS = _list("AVENANT_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_FAILURE_VIEW = "avenant.pages.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = _list("AVENANT_TRUSTED_ORIGINS", "")
# How many proxies of ours stand before the web process: the recorded IP is read that many
# places from the right of X-Forwarded-For, and from the socket when 0.
AVENANT_PROXY_COUNT = int(os.environ.get("AVENANT_PROXY_COUNT", "0"))

_LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
IS_PUBLIC = not _LOCAL_HOSTS.issuperset(ALLOWED_HOSTS)
if IS_PUBLIC and (AVENANT_DEMO or DEBUG):
    raise ImproperlyConfigured(
        "AVENANT_DEMO=1 opens accounts with a published password, and AVENANT_DEBUG=1 shows what "
        "pages hold: both are refused on a public host."
    )

SECURE = _flag("AVENANT_HTTPS", default=False)
if SECURE:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(os.environ.get("AVENANT_IDLE_MINUTES", "30")) * 60
AVENANT_TOUCH_SECONDS = 60  # how often it is noted that somebody is there
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the pages show their own PDFs in a frame
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF, "blob:"],
    "object-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
}

INSTALLED_APPS = [
    "avenant.pages",
    "avenant.accounts",
    "avenant.limits",
    "avenant.partners",
    "avenant.carriers",
    "avenant.history",
    "avenant.messaging",
    "avenant.documents",
    "avenant.applications",
    "avenant.live",
    "avenant.signatures",
    "avenant.underwriting",
    "avenant.operations",
    "avenant.api",
    "avenant.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "procrastinate.contrib.django",
]
if not AVENANT_DEMO:
    INSTALLED_APPS.remove("avenant.demo")

# Static files first: they need nothing of the rest, and all the rest runs in one thread (see the last).
MIDDLEWARE = [
    "servestatic.middleware.ServeStaticMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "avenant.health.ProbeMiddleware",
    "avenant.limits.middleware.LimitMiddleware",  # before anybody takes a form apart
    "avenant.pages.middleware.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "avenant.pages.middleware.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "avenant.accounts.middleware.IdleMiddleware",
    "avenant.pages.middleware.CarrierZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "avenant.accounts.middleware.DenyByDefaultMiddleware",
    "avenant.pages.middleware.FormAddressMiddleware",
    "avenant.http.NoStoreMiddleware",
    "axes.middleware.AxesMiddleware",
    "avenant.http.OneThreadMiddleware",
]

ROOT_URLCONF = "avenant.urls"
ASGI_APPLICATION = "avenant.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "avenant.pages.context.frame",
            ],
        },
    },
]


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **query,
            # The pool's own default of 4 makes a burst of 200 requests wait.
            "pool": {
                "min_size": 2,
                "max_size": int(os.environ.get("AVENANT_POOL_SIZE", "20")),
                # While the database is away nobody waits longer for a sentence that says so, and
                # nobody waits long for the first connection once it is back.
                "timeout": 10,
                "reconnect_timeout": 5,
            },
        },
    }


DATABASES = {"default": _database(postgres.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "avenant.accounts.passwords.PolicyValidator"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "avenant.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # staff are enrolled by an administrator, never by themselves
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to at a stranger's wish
# Its own limits are kept by each process for itself: axes and avenant/limits count for all of them.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "avenant.accounts.forms.SignInForm",
    "reauthenticate": "avenant.accounts.forms.PasswordAgainForm",
    "change_password": "avenant.accounts.forms.NewPasswordForm",
    "reset_password": "avenant.accounts.forms.PasswordLinkForm",
    "reset_password_from_key": "avenant.accounts.forms.FirstPasswordForm",
}
MFA_ADAPTER = "avenant.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "avenant.accounts.forms.SecondFactorForm",
    "reauthenticate": "avenant.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "avenant.accounts.forms.SetUpForm",
}
MFA_TOTP_ISSUER = "Avenant"
# Addresses are the administrator's to know: what allauth holds of one never locks anybody out.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# A second factor is asked of staff in production and off in the demo (interfaces.md).
AVENANT_STAFF_MFA = _flag("AVENANT_STAFF_MFA", default=not AVENANT_DEMO)

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: 5 wrong passwords per 15 minutes (4/AUT-19)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "avenant.accounts.lockout.username"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "avenant.accounts.lockout.respond"
AXES_CLIENT_IP_CALLABLE = "avenant.http.throttled_address"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "password", "username"]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "America/Montreal"
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "avenant" / "frontend" / "dist"]
for _folder in (*STATICFILES_DIRS, STATIC_ROOT):
    _made(_folder)
SERVESTATIC_USE_FINDERS = SERVESTATIC_AUTOREFRESH = _flag(
    "AVENANT_STATIC_FINDERS", default=not IS_PUBLIC
)


def SERVESTATIC_ADD_HEADERS_FUNCTION(headers: Any, _path: str, _url: str) -> None:  # noqa: N802
    """What SecurityMiddleware says of pages, for the files that do not come by it."""
    headers["X-Content-Type-Options"] = "nosniff"


STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": os.environ.get("AVENANT_VAULT", VAR_DIR / "vault")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
AVENANT_UPLOAD_LIMIT = 10 * 1024 * 1024  # 4/APP-17


MAILERS = {
    "default": {
        "BACKEND": os.environ.get(
            "AVENANT_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"
        ),
        "OPTIONS": {
            "host": os.environ.get("AVENANT_SMTP_HOST", "localhost"),
            "port": int(os.environ.get("AVENANT_SMTP_PORT", "25")),
            "username": os.environ.get("AVENANT_SMTP_USER", ""),
            "password": os.environ.get("AVENANT_SMTP_PASSWORD", ""),
            "use_tls": _flag("AVENANT_SMTP_TLS", default=False),
            "timeout": 20,
        },
    }
}
DEFAULT_FROM_EMAIL = os.environ.get("AVENANT_FROM_EMAIL", "ne-pas-repondre@avenant.test")
# `outbox` keeps the messages readable on this installation (demo, tests); `email` sends them.
AVENANT_MAIL_PROVIDER = os.environ.get("AVENANT_MAIL_PROVIDER", "outbox")

# Who is told by mail when a document or a message is stuck (the page /exploitation lists them all).
AVENANT_OPERATORS = _list("AVENANT_OPERATORS", "")

# How long a document or message may wait before the sweeper enqueues its job again.
AVENANT_SWEEP_AFTER_SECONDS = int(os.environ.get("AVENANT_SWEEP_AFTER_SECONDS", "20"))
# A worker that was not heard of for so long is taken for dead: what it was doing is enqueued again.
AVENANT_WORKER_SILENCE_SECONDS = float(os.environ.get("AVENANT_WORKER_SILENCE_SECONDS", "10"))
PROCRASTINATE_ON_APP_READY = "avenant.jobs.on_app_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": logs.LINE},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("AVENANT_LOG_LEVEL", "INFO")},
    "loggers": {
        "procrastinate": {"level": os.environ.get("AVENANT_JOB_LOG_LEVEL", "WARNING")},
        "axes": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "pyhanko": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # X-Frame-Options SAMEORIGIN: our own PDFs in a frame
TEST_RUNNER = "django.test.runner.DiscoverRunner"
