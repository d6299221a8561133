"""The public addresses."""

from django.urls import path

from bot.doors.public import api, chat, development, errors, health, helpful, keeping, openapi, sharing, texts, webhooks

urlpatterns = [
    path("", chat.root),
    path("api/messages", api.messages),
    path("api/openapi.json", openapi.description),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("webhooks/twilio", webhooks.twilio_webhook),
    path("phone", development.page),
    path("leave", helpful.leave),
    path("sw.js", keeping.worker),
    path("sources/<str:source_id>", texts.any_source),
    path("<str:language>/", chat.page),
    path("<str:language>", chat.without_slash),
    path("<str:language>/topics/", texts.topics),
    path("<str:language>/topics/<str:topic_id>", texts.topic),
    path("<str:language>/sources/<str:source_id>", texts.source),
    path("<str:language>/card", texts.card),
    path("<str:language>/privacy", texts.privacy),
    path("<str:language>/keep", keeping.kept),
    path("<str:language>/helped", helpful.helped),
    path("<str:language>/share", sharing.page),
    path("<str:language>/share/code.<str:kind>", sharing.code),
    path("<str:language>/share/<str:name>.pdf", sharing.paper),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
