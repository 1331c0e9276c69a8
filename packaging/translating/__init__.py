"""For translators: collects what the window says, and keeps the translations up to it."""
