"""The first run: six steps, each of which can be skipped and comes back."""
