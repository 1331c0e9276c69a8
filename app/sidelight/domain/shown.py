"""Names of files, for people."""

from __future__ import annotations


def shown(name: str) -> str:
    """A file's name without the bytes that no terminal, window or JSON can carry."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
