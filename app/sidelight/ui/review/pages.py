"""The pages beside the transcript, of which one is read at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sidelight.ui.theme.tokens import Size, Space
from sidelight.ui.widgets.quiet_button import QuietButton, Sign
from sidelight.ui.widgets.tabs import Tabs
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QShowEvent

    from sidelight.ui.theme.theme import Theme


_KEYS: Final = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4")


class Pages(QFrame):
    """A card with a row of titles: chosen by mouse, arrows, or Ctrl and their number.

    Signals:
        roomy: More room is wanted for it, or no longer (``bool``).

    Args:
        theme: Fonts and colours.
        pages: By title, in their order; the first is read first.
    """

    roomy = Signal(bool)

    def __init__(self, theme: Theme, pages: dict[str, QWidget]) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("card")
        self._titles = tuple(pages)
        self.tabs = Tabs(theme, tr("Beside the transcript"), self._titles)
        self._stack = QStackedWidget()
        for place, (title, page) in enumerate(pages.items()):
            self._stack.addWidget(page)
            keys = QKeySequence(_KEYS[place])
            native = keys.toString(QKeySequence.SequenceFormat.NativeText)
            self.tabs.setTabToolTip(place, native)
            key = QShortcut(keys, self)
            key.activated.connect(lambda title=title: self.go_to(title))
        rule = QFrame()
        rule.setFixedHeight(1)
        rule.setStyleSheet(f"background: {theme.palette.hairline}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self.more = QuietButton(theme, Sign.FOLD, tr("More room (Ctrl+0)"), self)
        self.less = QuietButton(theme, Sign.UNFOLD, tr("Less room (Ctrl+0)"), self)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, theme.px(Space.S), 0)
        line.addWidget(self.tabs, 1)
        for button, on in ((self.more, True), (self.less, False)):
            button.setToolTip(button.accessibleName())
            button.clicked.connect(lambda _, on=on: self._make_room(on=on))
            line.addWidget(button)
        self.less.hide()
        QShortcut(QKeySequence("Ctrl+0"), self).activated.connect(
            lambda: self._make_room(on=self.less.isHidden())
        )
        layout.addLayout(line)
        layout.addWidget(rule)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    def sizeHint(self) -> QSize:
        """Whatever there is, however long its pages are: they scroll."""
        return QSize(self._theme.px(Size.PARAGRAPH), self._theme.px(Size.LINE))

    def _make_room(self, *, on: bool) -> None:
        self.more.setVisible(not on)
        self.less.setVisible(on)
        self.roomy.emit(on)

    @property
    def page(self) -> str:
        """Title of what is read."""
        return self._titles[self.tabs.currentIndex()]

    def open_page(self, title: str) -> None:
        """Read this one; the keyboard stays where it is."""
        self.tabs.setCurrentIndex(self._titles.index(title))

    def go_to(self, title: str) -> None:
        """Read this one, with the keyboard."""
        self.open_page(title)
        self.tabs.setFocus()


class Later(QWidget):
    """A place for a page that is made when it is first looked at.

    What a review opens with must not wait for it.

    Args:
        make: Makes the page; called once.
        first: What the window opens with: it is made behind the first drawing.
    """

    def __init__(self, make: Callable[[], QWidget], *, first: bool = False) -> None:
        super().__init__()
        self._make: Callable[[], QWidget] | None = make
        self._first = first
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Looked at."""
        super().showEvent(event)
        if not self._first:
            self.fill()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Everything else is drawn as well by the next turn."""
        super().paintEvent(event)
        if self._first:
            self._first = False
            QTimer.singleShot(0, self, self.fill)

    def fill(self) -> None:
        """Make the page, unless it is there."""
        make, self._make = self._make, None
        if make is not None:
            page = make()
            self.setFocusProxy(page)
            self._layout.addWidget(page)
            page.show()  # a layout would only do so in the next turn of the loop


def below(theme: Theme, picker: QWidget, content: QWidget) -> QWidget:
    """A page with its filter above it."""
    page = QWidget()
    line = QVBoxLayout()
    edge = theme.px(Space.XS)
    line.setContentsMargins(theme.px(Space.S), edge, theme.px(Space.S), edge)
    line.addWidget(picker)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(line)
    layout.addWidget(content)
    return page
