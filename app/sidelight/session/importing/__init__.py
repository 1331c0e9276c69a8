"""Recordings made elsewhere, brought in as kept sessions."""
