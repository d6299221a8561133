"""The console's settings: accounts with a second factor, short sessions, no mail, no sign-up, nothing from elsewhere."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from bot.doors.settings.base import *  # noqa: F403  (Django's way to share settings)
from bot.settings import LOOPBACK

HERE = Path(__file__).resolve().parent.parent / "console"
CONSOLE = CONFIANZA.console  # noqa: F405
ADDRESS = urlsplit(CONSOLE.url)
ENCRYPTED = ADDRESS.scheme == "https"  # the proxy in front speaks TLS, this process does not

# --- what it is made of
ROOT_URLCONF = "bot.doors.console.urls"
INSTALLED_APPS = [
    "bot.doors.console.apps.ConsoleConfig", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles", "allauth", "allauth.account", "allauth.mfa", "csp",
]
MIDDLEWARE = [
    "bot.doors.console.middleware.Guard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bot.doors.console.middleware.WorkingDay",
    "bot.doors.console.middleware.SecondFactor",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {
        "builtins": ["bot.doors.console.templatetags.console"],
        "context_processors": [
            "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages", "bot.doors.console.frame.frame",
        ],
    },
}]
ALLOWED_HOSTS = sorted({*("[::1]" if name == "::1" else name for name in LOOPBACK), ADDRESS.hostname or "localhost"})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- accounts, sessions, the audit log and the inbox; no content
if CONSOLE.database_url:
    DATABASES = {"default": dj_database_url.parse(str(CONSOLE.database_url), conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(CONFIANZA.state / "console.sqlite3"),  # noqa: F405
        "OPTIONS": {"timeout": 10, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
    }}
# In the database, so that a restart forgets no failed login. So large that nobody can push the counts out with made-up names.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "console_cache",
                      "OPTIONS": {"MAX_ENTRIES": 200_000}}}

# --- who is who
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "care"
ACCOUNT_ADAPTER = "bot.doors.console.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Behind the proxy that speaks TLS the address is what the proxy says; else all people would share one count.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENCRYPTED else 0
ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key,20/m/ip", "login": "30/m/ip", "reauthenticate": "10/m/user"}
MFA_ADAPTER = "bot.doors.console.adapters.SecondFactors"
MFA_FORMS = {
    "login_webauthn": "bot.doors.console.passkeys.VerifiedLogin", "authenticate": "bot.doors.console.typedcodes.TypedAuthenticate",
    "reauthenticate": "bot.doors.console.typedcodes.TypedReauthenticate", "activate_totp": "bot.doors.console.typedcodes.TypedActivate",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Confianza"
MFA_TOTP_TOLERANCE = 0  # allauth remembers a used code for one period: with a tolerance it would count twice
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ADDRESS.scheme == "http" and ADDRESS.hostname in LOOPBACK

# --- sessions: 30 minutes idle, 12 hours at most (middleware.WorkingDay), gone with the browser
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "confianza_console"
SESSION_COOKIE_HTTPONLY = True
# Lax, not Strict: a link that a colleague sends opens the page, not the login. What changes something is a POST with a token.
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENCRYPTED
WORKING_DAY_SECONDS = 12 * 60 * 60
CSRF_COOKIE_NAME = "confianza_console_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENCRYPTED
CSRF_TRUSTED_ORIGINS = [CONSOLE.url] if ENCRYPTED else []
CSRF_FAILURE_VIEW = "bot.doors.console.errors.csrf_refused"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Not "no-referrer" as on the public door: with it browsers send "Origin: null" with a form, and every form would be refused.
SECURE_REFERRER_POLICY = "same-origin"

# --- languages of the console itself
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "confianza_console_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENCRYPTED
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
TIME_ZONE = "America/New_York"

# --- files: ours come with the process; what is sent in is held in memory only, never in a temporary file
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
UPLOAD_BYTES = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
