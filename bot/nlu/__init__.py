"""Rasa components, thin, one class a file, named in config.yml."""
