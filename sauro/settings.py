"""Settings, all from the environment, with defaults that are safe for one machine.

SAURO_DATA       where the database and the files live (default: var/ under the working folder)
DATABASE_URL     PostgreSQL address; SQLite in SAURO_DATA where it is not given
SAURO_SECRET_KEY the signing key; made once and kept in SAURO_DATA where it is not given
SAURO_HOSTS      host names served, separated by commas
SAURO_HTTPS      1 behind a proxy that ends TLS: secure cookies, redirects, HSTS
SAURO_SMTP       mail server: smtp://user:password@host:587?tls=1 (or smtps://host:465); no letters where not given
SAURO_MAIL_FROM  the sender of letters
SAURO_URL        the address of the site, as written in letters
SAURO_CLAMD      the virus scanner: the path of clamd's socket, or host:port; files aren't scanned where not given
SAURO_SIGN_KEY   the agency's key for signing PDF files, PEM; with SAURO_SIGN_CERT, the certificates, PEM, the signer's
                 first, and SAURO_SIGN_PASSPHRASE where the key is encrypted; no key of the server where not given
SAURO_PKCS11_MODULE  the library of a signing token (.so); with SAURO_PKCS11_TOKEN and SAURO_PKCS11_KEY, the labels of
                 the token and of the key where there are several; the PIN is asked at each signing
SAURO_TSA        the address of a time-stamping authority (RFC 3161); nobody is asked where not given
SAURO_DEBUG      1 while developing
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("SAURO_DATA") or Path.cwd() / "var").resolve()
DEBUG = os.environ.get("SAURO_DEBUG") == "1"
HTTPS = os.environ.get("SAURO_HTTPS") == "1"


def _secret_key() -> str:
    """The signing key: given, or made at first start and kept readable by the owner alone."""
    if key := os.environ.get("SAURO_SECRET_KEY"):
        return key
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    path = DATA_DIR / "secret-key"
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(fd, "w") as file:
        file.write(key)
    return key


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = (os.environ.get("SAURO_HOSTS") or "127.0.0.1,localhost,[::1]").split(",")
if host := os.environ.get("HOST"):
    ALLOWED_HOSTS.append(host if host not in ("0.0.0.0", "::") else "*")
CSRF_TRUSTED_ORIGINS = [f"https://{h}" for h in ALLOWED_HOSTS if HTTPS and h != "*"]

INSTALLED_APPS = [
    "sauro.web",
    "sauro.portal",
    "sauro.quality",
    "sauro.monitoring",
    "sauro.plans",
    "sauro.documents",
    "sauro.organization",
    "sauro.notices",
    "sauro.files",
    "sauro.ledger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "treebeard",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sauro.web.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # Right after the check of the token, which reads the body first and keeps silent where it is cut off.
    "sauro.web.whole.WholeBodyMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sauro.web.entry.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sauro.urls"
WSGI_APPLICATION = "sauro.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sauro.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "sauro.web.templatetags.look"],
        },
    }
]

_url = os.environ.get("DATABASE_URL")
DATABASES = {
    "default": dj_database_url.parse(_url, conn_max_age=60, conn_health_checks=True)
    if _url
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "sauro.sqlite3",
        "OPTIONS": {
            # One writer at a time is decided when a transaction opens, so that a lock taken in it holds to its end.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "CONN_MAX_AGE": None,
    }
}
if name := os.environ.get("SAURO_TEST_DB"):
    DATABASES["default"]["TEST"] = {"NAME": name}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organization.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "sauro.organization.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "sauro" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SAURO_STATIC") or BASE_DIR / "build" / "static")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "sauro.web.finders.PinnedAssetsFinder",
]
NODE_MODULES = BASE_DIR / "node_modules"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sauro.web.storage.HashedStaticFiles"}
    if not DEBUG
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CLAMD = os.environ.get("SAURO_CLAMD") or ""
SIGN_KEY, SIGN_CERT = os.environ.get("SAURO_SIGN_KEY") or "", os.environ.get("SAURO_SIGN_CERT") or ""
SIGN_PASSPHRASE = os.environ.get("SAURO_SIGN_PASSPHRASE") or ""
PKCS11_MODULE = os.environ.get("SAURO_PKCS11_MODULE") or ""
PKCS11_TOKEN, PKCS11_KEY = os.environ.get("SAURO_PKCS11_TOKEN") or "", os.environ.get("SAURO_PKCS11_KEY") or ""
TSA = os.environ.get("SAURO_TSA") or ""
MAX_UPLOAD = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

_smtp = urlsplit(os.environ.get("SAURO_SMTP") or "")
EMAIL_HOST = _smtp.hostname or ""
EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and parse_qs(_smtp.query).get("tls") == ["1"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SAURO_MAIL_FROM") or "sauro@localhost"
SITE_URL = (os.environ.get("SAURO_URL") or "").rstrip("/")

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
