"""What happened, seen afterwards: timeline, transcript, moments."""
