"""The public addresses."""

from django.urls import path

from bot.doors.public import api, chat, development, errors, health, webhooks

urlpatterns = [
    path("", chat.root),
    path("api/messages", api.messages),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("webhooks/twilio", webhooks.twilio_webhook),
    path("phone", development.page),
    path("<str:language>/", chat.page),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
