"""Loops, metrics and generators that make what is committed under assets/. Only app.py imports it."""
