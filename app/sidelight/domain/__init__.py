"""Frozen values of a coaching session, in plain Python: no numpy, no database, no Qt."""
