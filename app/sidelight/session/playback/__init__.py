"""Hearing a session again: who has the keys opens it, a process of its own plays it."""
