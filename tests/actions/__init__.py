"""Tests of what Rasa's action server runs."""
