"""What needs attention, a quiet sentence each, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent

    from sidelight.ui.home.wording import Note
    from sidelight.ui.theme.theme import Theme

LONGER: Final = tr("Keep it longer")
DISCARD: Final = tr("Discard…")
SURE: Final = tr("Destroy it?")
_SIGN: Final = 9


class Notes(QFrame):
    """A card that is there only while something is on it.

    Attributes:
        stops: What takes the keyboard, in order.

    Signals:
        keep_asked: The id of an interrupted session.
        discard_asked: The id of an interrupted session; asked twice.
        longer_asked: The ids of sessions whose sound is to be kept longer.

    Args:
        theme: Fonts and colours.
    """

    keep_asked = Signal(str)
    discard_asked = Signal(str)
    longer_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._shown: tuple[Note, ...] = ()
        self._rows: list[QWidget] = []
        self.stops: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        side = theme.px(Space.L)
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(theme.px(Space.L))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_notes(self, notes: tuple[Note, ...]) -> None:
        """Show these instead."""
        if notes == self._shown:
            return
        self._shown = notes
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.stops.clear()
        self._rows = [self._row(note) for note in notes]
        for row in self._rows:
            self._layout.addWidget(row)
            row.show()  # a layout would only do so in the next turn of the loop
        self.setVisible(bool(notes))

    def _row(self, note: Note) -> QWidget:
        theme = self._theme
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.M))
        layout.addWidget(_Sign(theme), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(Space.XXS))
        words.addWidget(Text(theme, Role.BODY, note.text))
        remedy = Text(theme, Role.SMALL, note.remedy, soft=True)
        by_mouse = Qt.TextInteractionFlag.TextSelectableByMouse
        remedy.setTextInteractionFlags(by_mouse)
        words.addWidget(remedy)
        layout.addLayout(words, 1)
        if note.session:
            self._add_ways(layout, note)
        if note.sounds:
            longer = Button(theme, LONGER)
            longer.setAccessibleDescription(note.text)
            longer.clicked.connect(lambda: self.longer_asked.emit(note.sounds))
            layout.addWidget(longer)
            self.stops.append(longer)
        return row

    def _add_ways(self, layout: QHBoxLayout, note: Note) -> None:
        if note.way:
            keep = Button(self._theme, note.way)
            keep.setAccessibleDescription(note.text)
            keep.clicked.connect(lambda: self.keep_asked.emit(note.session))
            layout.addWidget(keep)
            self.stops.append(keep)
        discard = _Twice(self._theme)
        discard.setAccessibleDescription(note.text)
        discard.meant.connect(lambda: self.discard_asked.emit(note.session))
        layout.addWidget(discard)
        self.stops.append(discard)


class _Twice(Button):
    """Destroying needs a second press; going elsewhere takes the first one back."""

    meant = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, DISCARD, reserve=(SURE,))
        self.clicked.connect(self._press)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Not meant, then."""
        super().focusOutEvent(event)
        self.setText(DISCARD)

    def _press(self) -> None:
        if self.text() == SURE:
            self.meant.emit()
        else:
            self.setText(SURE)


class _Sign(QWidget):
    """A small diamond, as the sidebar's health dot when something is to be done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        line = Text(theme, Role.BODY, "x").sizeHint().height()
        self.setFixedSize(QSize(theme.px(_SIGN) + 2, line))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The diamond, in the middle of the first line."""
        del event
        half = self._theme.px(_SIGN) / 2
        middle = QPointF(self.width() / 2, self.height() / 2)
        ways = ((0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.palette.attention))
            painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in ways]))
