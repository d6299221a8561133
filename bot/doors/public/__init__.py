"""The public door: chat page, JSON API, health. No session, no user, no cookie, no database."""
