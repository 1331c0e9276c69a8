"""The minute between a session and its review."""
