"""What both doors share: no debug pages, strict headers, logs that hold nothing of what people write."""

from csp.constants import NONE, SELF

from bot.settings import read_settings

CONFIANZA = read_settings()

SECRET_KEY = str(CONFIANZA.secret_key)
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the door builds no address from the Host header; the proxy in front decides which hosts arrive
USE_TZ = True
TIME_ZONE = "America/New_York"
USE_I18N = False  # our own catalogues speak, see bot.library
WSGI_APPLICATION = None
DATABASES: dict[str, object] = {}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE], "style-src": [SELF], "script-src": [SELF], "img-src": [SELF], "connect-src": [SELF],
        "worker-src": [SELF], "form-action": [SELF], "base-uri": [NONE], "frame-ancestors": [NONE],
    }
}

# Django's own request log would write paths, and with them whatever somebody typed there.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}, "none": {"class": "logging.NullHandler"}},
    "loggers": {
        "confianza": {"handlers": ["out"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["none"], "level": "CRITICAL", "propagate": False},
    },
}
