"""The word that sounds now, marked in a row of the transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QTextLayout, QTextOption

from sidelight.ui.theme.tokens import Radius

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QFont, QPainter

    from sidelight.domain.transcript import Utterance, Word
    from sidelight.ui.theme.theme import Theme

_GROUND: Final = 0.25
"""How much of the accent lies under the word: it is read through it."""


def paint_heard_word(
    painter: QPainter,
    theme: Theme,
    font: QFont,
    box: QRect,
    said: Utterance,
    word: Word,
) -> None:
    """Lay a ground under it; the words are drawn over it afterwards.

    Args:
        painter: On the list.
        theme: Colours.
        font: Of the words.
        box: Where the whole text stands, wrapped.
        said: Whose text.
        word: One of its words.
    """
    place = place_of(said, word)
    if place is None:
        return
    start, end = place
    layout = QTextLayout(said.text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    ground_color = QColor(theme.palette.accent)
    ground_color.setAlphaF(_GROUND)
    painter.setBrush(ground_color)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first < last:
            # For a word that runs from right to left the edges change places.
            edges = sorted(line.cursorToX(at)[0] for at in (first, last))  # type: ignore[index]
            ground = QRectF(edges[0], line.y(), edges[1] - edges[0], line.height())
            painter.drawRoundedRect(
                ground.translated(box.topLeft()).adjusted(-2, 0, 2, 0),
                Radius.SMALL,
                Radius.SMALL,
            )
    layout.endLayout()


def place_of(said: Utterance, word: Word) -> tuple[int, int] | None:
    """Where a word stands in its utterance's text; ``None``: it was edited since.

    In UTF-16 units, as Qt counts.
    """
    at = 0
    for one in said.words:
        begin = said.text.find(one.text, at)
        if begin < 0:
            return None
        at = begin + len(one.text)
        if one is word or one == word:
            before = len(said.text[:begin].encode("utf-16-le")) // 2
            return before, before + len(one.text.encode("utf-16-le")) // 2
    return None
