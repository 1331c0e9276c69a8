"""What a session that has ended shows, from its story alone: no Qt, no storage."""
