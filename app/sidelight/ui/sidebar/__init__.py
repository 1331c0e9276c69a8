"""What the coach glances at while the session runs."""
