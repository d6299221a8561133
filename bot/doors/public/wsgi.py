"""The application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from bot.coredumps import forbid_core_dumps
from bot.memoryonly import stop_unless_memory_only
from bot.settings import read_settings

forbid_core_dumps()
stop_unless_memory_only(read_settings())
os.environ["DJANGO_SETTINGS_MODULE"] = "bot.doors.settings.public"
application = get_wsgi_application()

from bot.doors.public import service  # noqa: E402  (needs Django's settings)

service.library()  # read before anybody asks: the first residents after a start would wait for it
