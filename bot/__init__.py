"""Confianza: a know-your-rights chatbot. `core` is pure; everything else stands around it."""
