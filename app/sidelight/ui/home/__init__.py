"""Before and after sessions: what was, what needs attention, and the start card."""
