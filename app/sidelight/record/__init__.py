"""The session on disk: keys, encrypted sound, encrypted events, search."""
