"""Breaking text into at most so many lines, the last one elided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics


_CLOSING: Final = "”"


def elide(text: str, metrics: QFontMetrics, width: int, lines: int) -> list[str]:
    """Break at spaces; what does not fit ends in an ellipsis after a whole word.

    A quotation that is cut short is still closed.

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
        ending = "…" + (_CLOSING if text.rstrip().endswith(_CLOSING) else "")
        done.append(_last(words, ending, metrics, width))
    return done


def _last(words: list[str], ending: str, metrics: QFontMetrics, width: int) -> str:
    whole = " ".join(words)
    if metrics.horizontalAdvance(whole) <= width:
        return whole
    for count in range(len(words) - 1, 0, -1):
        cut = " ".join((*words[:count], ending))
        if metrics.horizontalAdvance(cut) <= width:
            return cut
    return metrics.elidedText(whole, Qt.TextElideMode.ElideRight, width)


def _fitting(words: list[str], metrics: QFontMetrics, width: int) -> int:
    """How many leading words fit; at least one, so that a long word cannot block."""
    count = 1
    while (
        count < len(words)
        and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width
    ):
        count += 1
    return count
