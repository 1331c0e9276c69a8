"""Breaking text into at most so many lines, the last one elided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics


def elide(text: str, metrics: QFontMetrics, width: int, lines: int) -> list[str]:
    """Break at spaces; what does not fit into the last line ends in an ellipsis.

    Args:
        text: Any text; runs of white space count as one space.
        metrics: Of the font it is drawn in.
        width: Room in logical pixels.
        lines: How many lines there may be, at least one.
    """
    words = text.split()
    done: list[str] = []
    while words and len(done) < lines - 1:
        count = _fitting(words, metrics, width)
        done.append(" ".join(words[:count]))
        words = words[count:]
    if words:
        rest = " ".join(words)
        done.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return done


def _fitting(words: list[str], metrics: QFontMetrics, width: int) -> int:
    """How many leading words fit; at least one, so that a long word cannot block."""
    count = 1
    while (
        count < len(words)
        and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width
    ):
        count += 1
    return count
