"""Clients at home: what the window asks about them, and who answers."""
