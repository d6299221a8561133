"""Custom actions: each answers one kind of message. Flat, because rasa_sdk imports every module here."""
