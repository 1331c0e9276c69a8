"""Frozen values of a coaching session, in plain Python."""
