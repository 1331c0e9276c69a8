"""What will be written: its pages, or its text.

Pages are as wide as there is room. Where their letters would be too small for the
coach's size of text, the same words are shown as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from sidelight.ui.dialogs.export.wording import NO_PICTURE, PAGES_TOO_SMALL, WAIT
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from sidelight.session.export_messages import Preview
    from sidelight.ui.theme.theme import Theme

_LONGEST: Final = 40_000
"""So many characters are shown: a text field lays out more only with waiting."""

_LEAST_PAGE: Final = 440
"""A narrower page is not read but seen; logical pixels that grow with the text."""

_EDGE: Final = 1
"""Logical pixels of the line around a page."""

_CUT: Final = "\n\n" + tr("… and so on: the file has all of it.")


class PreviewPane(QFrame):
    """One stop for the keyboard; arrows and Page Down scroll.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.pages = _Pages(theme)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(theme.font(Role.SMALL))
        self.text.setAccessibleName(tr("Preview"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        # So that the arrows scroll; there is nothing to write.
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.small = Text(theme, Role.SMALL, PAGES_TOO_SMALL, soft=True)
        side, above = theme.px(Space.M), theme.px(Space.XS)
        self.small.setContentsMargins(side, above, side, above)
        self._theme = theme
        self._text = ""
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.small)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.pages)
        self.wait()

    def wait(self) -> None:
        """Nothing to be seen yet; what is on show stays until there is."""
        if not self.text.toPlainText() and not self.pages.count:
            self._text = WAIT
            self._choose()

    def show_preview(self, preview: Preview) -> None:
        """Show this."""
        shown = preview.text or NO_PICTURE
        self._text = shown[:_LONGEST] + (_CUT if len(shown) > _LONGEST else "")
        self.pages.show_pages(preview.pages)
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With more room there are pages."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        """Pages where there are some that can be read, or else the text."""
        narrow = self.pages.room(self.width()) < self._theme.px(_LEAST_PAGE)
        self.small.setVisible(bool(self.pages.count) and narrow)
        if self.pages.count and not narrow:
            self._stack.setCurrentWidget(self.pages)
            self.text.clear()  # nobody is told of what is not shown
            return
        self._stack.setCurrentWidget(self.text)
        if self.text.toPlainText() != self._text:
            self.text.setPlainText(self._text)


class _Pages(QScrollArea):
    """Sheets of paper below each other, as wide as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sheets: list[_Sheet] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Preview"))
        desk = QWidget()
        self._column = QVBoxLayout(desk)
        margin = theme.px(Space.L)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin)
        self._column.addStretch(1)
        self.setWidget(desk)
        self.viewport().setAutoFillBackground(False)
        desk.setAutoFillBackground(False)

    @property
    def count(self) -> int:
        """How many pages are on show."""
        return len(self._sheets)

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show these, each a PNG."""
        for sheet in self._sheets:
            self._column.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self._sheets = []
        for number, page in enumerate(pages, start=1):
            sheet = _Sheet(page, self._theme.palette.hairline)
            sheet.setAccessibleName(tr("Page {n} of {all}", n=number, all=len(pages)))
            self._sheets.append(sheet)
            self._column.insertWidget(number - 1, sheet)
        self.setAccessibleDescription(tr("Pages: {n}", n=len(pages)))
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider or narrower sheets."""
        super().resizeEvent(event)
        self._fit()

    def room(self, width: int) -> int:
        """How wide a page is in so much room."""
        return width - 2 * self._theme.px(Space.L)

    def _fit(self) -> None:
        room = self.room(self.viewport().width())
        for sheet in self._sheets:
            sheet.fit(room)


class _Sheet(QWidget):
    """A page of paper; its picture is made when it comes into view.

    A long session has dozens, and to make all of them ready is a visible wait.

    Args:
        page: A PNG.
        edge: Colour of the line around it.
    """

    def __init__(self, page: bytes, edge: str) -> None:
        super().__init__()
        self._page = page
        self._edge = QColor(edge)
        self._shown = QPixmap()
        file = QBuffer()
        file.setData(page)
        self._size = QImageReader(file).size()

    def fit(self, width: int) -> None:
        """Be so wide, in logical pixels, and as high as paper is then."""
        inside = max(1, width - 2 * _EDGE)
        height = round(inside * self._size.height() / max(1, self._size.width()))
        self.setFixedSize(inside + 2 * _EDGE, height + 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, as sharp as the screen is."""
        del event
        painter = QPainter(self)
        inside = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        ratio = self.devicePixelRatioF()
        wanted = inside.size() * ratio
        if self._shown.size() != wanted:
            picture = QPixmap()
            picture.loadFromData(self._page)
            self._shown = picture.scaled(
                wanted,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._shown.setDevicePixelRatio(ratio)
        painter.drawPixmap(inside.topLeft(), self._shown)
        painter.setPen(self._edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
