"""After a session: its whole sound heard once more, as a new version beside the old."""
