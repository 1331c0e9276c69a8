"""The learned detector: a small text model that reads a turn with the turns before."""
