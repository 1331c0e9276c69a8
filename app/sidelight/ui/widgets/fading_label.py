"""A line of text whose changes cross-fade in a box that never moves or resizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEasingCurve, QRect, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sidelight.ui.widgets.elide import elide, elide_middle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.theme.tokens import Role


_LEADING: Final = 1.12
"""Line distance of running text, relative to the font's own."""


_LEFT_BY: Final = 0.55
_COMES_AT: Final = 0.4
"""Shares of a cross-fade at which the old text is gone and the new one begins."""


class Fade(QVariantAnimation):
    """Runs 0 → 1 and repaints its widget; instant when motion is reduced."""

    def __init__(self, widget: QWidget, theme: Theme) -> None:
        super().__init__(widget)
        self._widget = widget
        self._reduced = theme.reduced_motion
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.InOutSine)
        self.valueChanged.connect(widget.update)
        self.finished.connect(widget.update)

    @property
    def running(self) -> bool:
        """Whether a fade is going on."""
        return self.state() is QVariantAnimation.State.Running

    @property
    def leaving(self) -> float:
        """Opacity of what goes: it is gone when the fade is a little past its half."""
        return max(0.0, 1.0 - self._progress / _LEFT_BY)

    @property
    def coming(self) -> float:
        """Opacity of what comes: two words are never read on top of each other."""
        return max(0.0, (self._progress - _COMES_AT) / (1.0 - _COMES_AT))

    @property
    def _progress(self) -> float:
        return float(self.currentValue()) if self.running else 1.0

    def run(self, duration_ms: int) -> None:
        """Begin again from 0, unless nobody could see it or motion is reduced."""
        self.stop()
        if self._reduced or not self._widget.isVisible():
            self._widget.update()
            return
        self.setDuration(duration_ms)
        self.start()

    def settle(self) -> None:
        """Be at the end now."""
        self.stop()
        self._widget.update()


class FadingLabel(QLabel):
    """Text in a fixed number of lines; too long, it ends in an ellipsis.

    Its size hint depends on the theme and on ``reserve`` alone, never on the text.

    Args:
        theme: Fonts and colours.
        role: How the text is set.
        color: ``#rrggbb`` from the palette.
        lines: How many lines of room it has.
        reserve: Texts that must fit in width.
        bleed: Logical pixels at its left where letters reach out, as the tail of a "j".
        ends: What is too long loses words from its middle, and keeps its end.
    """

    def __init__(
        self,
        theme: Theme,
        role: Role,
        color: str,
        *,
        lines: int = 1,
        reserve: Iterable[str] = (),
        bleed: int = 0,
        ends: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.font(role))
        self._color = QColor(color)
        self._lines = lines
        self._bleed = bleed
        self._elide = elide_middle if ends else elide
        self._before = ("", self._color)
        self._fade = Fade(self, theme)
        self._fade.finished.connect(self._forget)
        metrics = QFontMetrics(self.font())
        self._leading = round(metrics.lineSpacing() * (1 if lines == 1 else _LEADING))
        widths = [metrics.horizontalAdvance(text) for text in reserve]
        self._hint = QSize(max(widths, default=0) + 1 + bleed, self._leading * lines)
        self.setFixedHeight(self._hint.height())
        wide = QSizePolicy.Policy.MinimumExpanding
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_text(self, text: str, duration_ms: int, color: str = "") -> None:
        """Cross-fade to this text.

        Args:
            text: What stands there from now on.
            duration_ms: Of the cross-fade.
            color: ``#rrggbb`` to show it in; as before, if empty.
        """
        if text == self.text():
            return
        self._before = (self.text(), self._color)
        self._color = QColor(color or self._color)
        self.setText(text)
        self.setAccessibleName(text)
        self._fade.run(duration_ms)
        if not self._fade.running:
            self._forget()

    def settle(self) -> None:
        """Finish a cross-fade at once."""
        self._fade.settle()
        self._forget()

    @property
    def line_height(self) -> int:
        """Distance from line to line in logical pixels."""
        return self._leading

    def _forget(self) -> None:
        """What has gone from sight is not kept: it may have to be gone for good."""
        self._before = ("", self._color)

    def sizeHint(self) -> QSize:
        """The reserved room."""
        return self._hint

    def minimumSizeHint(self) -> QSize:
        """The reserved room."""
        return self._hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what goes and what comes, one over the other."""
        del event
        with QPainter(self) as painter:
            painter.setFont(self.font())
            for (text, color), opacity in (
                (self._before, self._fade.leaving),
                ((self.text(), self._color), self._fade.coming),
            ):
                if text and opacity > 0.0:
                    painter.setOpacity(opacity)
                    painter.setPen(color)
                    self._paint(painter, text)

    def _alignment(self) -> Qt.AlignmentFlag:
        sideways = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        return sideways | Qt.AlignmentFlag.AlignVCenter

    def _paint(self, painter: QPainter, text: str) -> None:
        metrics = QFontMetrics(self.font())
        room = self.width() - self._bleed
        for row, line in enumerate(self._elide(text, metrics, room, self._lines)):
            box = QRect(self._bleed, row * self._leading, room, self._leading)
            painter.drawText(box, self._alignment(), line)
