"""The program's only way to the network, and the book that is kept of it."""
