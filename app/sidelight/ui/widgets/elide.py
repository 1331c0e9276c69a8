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


def elide_middle(text: str, metrics: QFontMetrics, width: int, lines: int) -> list[str]:
    """The same, but words go from the middle: what a sentence comes to is at its end.

    Args:
        text: Any text; runs of white space count as one space.
        metrics: Of the font it is drawn in.
        width: Room in logical pixels.
        lines: How many lines there may be, at least one.
    """
    words = text.split()
    for kept in range(len(words), 1, -1):
        tail = len(words) - kept // 2
        gap = [] if kept == len(words) else ["…"]
        found = _wrapped(
            [*words[: kept - kept // 2], *gap, *words[tail:]], metrics, width
        )
        if len(found) <= lines and all(
            metrics.horizontalAdvance(line) <= width for line in found
        ):
            return found
    return elide(text, metrics, width, lines)


def _wrapped(words: list[str], metrics: QFontMetrics, width: int) -> list[str]:
    done: list[str] = []
    while words:
        count = _fitting(words, metrics, width)
        done.append(" ".join(words[:count]))
        words = words[count:]
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
