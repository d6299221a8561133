"""The application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from bot.coredumps import forbid_core_dumps

forbid_core_dumps()
os.environ["DJANGO_SETTINGS_MODULE"] = "bot.doors.settings.console"
application = get_wsgi_application()
