"""Straight edges on whole device pixels: sharper, and many times faster."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def crisp(painter: QPainter) -> Iterator[None]:
    """Draw without smoothing for a moment."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    yield
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
