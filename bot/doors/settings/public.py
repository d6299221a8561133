"""The public door's settings: no session, no user, no cookie, no database query on a resident's request."""

from pathlib import Path

from bot.doors.settings.base import *  # noqa: F403  (Django's way to share settings)

HERE = Path(__file__).resolve().parent.parent / "public"

INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "bot.doors.public"]
ROOT_URLCONF = "bot.doors.public.urls"
MIDDLEWARE = [
    "bot.doors.public.middleware.Guard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
              "OPTIONS": {"context_processors": []}}]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200  # a provider's webhook has about thirty, and may grow
CACHES = {
    "default": {"BACKEND": "bot.doors.public.sharedcache.SharedCache", "LOCATION": str(CONFIANZA.redis_url),  # noqa: F405
                "OPTIONS": {"vouched": CONFIANZA.redis_may_persist}}  # noqa: F405
    if CONFIANZA.redis_url  # noqa: F405
    else {"BACKEND": "bot.doors.public.forgetful.ForgetfulCache", "OPTIONS": {"MAX_ENTRIES": 400_000}}
}
