"""Text of several lines, set as it is read: with air between the lines.

Qt's own wrapped text stands as close as the font says, which for long quotations is too
close. One line alone is as high as ever; each further one adds the font's ``leading``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption

from sidelight.ui.theme.theme import leading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QPainter

_LINE_BREAK = "\u2028"
"""What a text layout takes for a new line."""

_ENDLESS: Final = 100_000
"""A width at which nothing wraps."""

_REMEMBERED: Final = 32
"""So many widths of a text are asked for while a window finds its size."""


class Wrapped:
    """Text broken into lines.

    Arabic or Hebrew begins at the right, its full stop at the left. A word longer than
    a line is broken wherever it has to be.

    Attributes:
        height: Of all lines, in whole pixels.
        widest: Width of the widest line, the same.

    Args:
        text: Plain; line breaks hold.
        font: Of all of it.
        width: Room in pixels.
    """

    def __init__(self, text: str, font: QFont, width: float) -> None:
        self._layout = QTextLayout(text.replace("\n", _LINE_BREAK), font)
        leftward = _goes_leftward(text)
        at_edge = Qt.AlignmentFlag
        option = QTextOption(at_edge.AlignRight if leftward else at_edge.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        way = Qt.LayoutDirection
        option.setTextDirection(way.RightToLeft if leftward else way.LeftToRight)
        self._layout.setTextOption(option)
        pitch, natural = leading(font), QFontMetrics(font).height()
        room, widest, count = max(width, 1.0), 0.0, 0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, count * pitch))
            widest = max(widest, line.naturalTextWidth())
            count += 1
        self._layout.endLayout()
        self.height = natural + max(count - 1, 0) * pitch
        self.widest = int(widest) + 1

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw it in the painter's colour.

        Args:
            painter: On anything.
            at: Its left upper corner.
        """
        self._layout.draw(painter, at)

    def grounds(self, places: Sequence[tuple[int, int]]) -> list[QRectF]:
        """What lies under these letters, a box for each line that they are on.

        Args:
            places: First and behind the last, in UTF-16 units, as Qt counts.
        """
        boxes = []
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            begin, end = line.textStart(), line.textStart() + line.textLength()
            for one, other in places:
                first, last = max(one, begin), min(other, end)
                if first < last:
                    # Where it runs from right to left the edges change places.
                    edges = [line.cursorToX(at) for at in (first, last)]
                    left, right = sorted(_number(edge) for edge in edges)
                    boxes.append(QRectF(left, line.y(), right - left, line.height()))
        return boxes


class Measured:
    """How high and how wide wrapped text is, remembered: layouts ask hundreds of times.

    What it remembers holds no words: whatever was said is forgotten elsewhere.

    Args:
        font: Of the text.
    """

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._known: dict[tuple[int, int], tuple[int, int]] = {}

    def height(self, text: str, width: int) -> int:
        """Of this text at this width, in pixels."""
        return self._of(text, width)[0]

    def widest(self, text: str) -> int:
        """Of this text where nothing wraps, in pixels."""
        return self._of(text, _ENDLESS)[1]

    def _of(self, text: str, width: int) -> tuple[int, int]:
        key = hash(text), width
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            lines = Wrapped(text, self._font, width)
            self._known[key] = lines.height, lines.widest
        return self._known[key]


def _number(edge: object) -> float:
    """Qt gives the place, and for which letter it is."""
    return float(edge[0] if isinstance(edge, tuple | list) else edge)  # type: ignore[arg-type]


def _goes_leftward(text: str) -> bool:
    """Whether its first letter that has a direction goes from right to left."""
    kinds = (bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
