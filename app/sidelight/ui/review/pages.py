"""The pages beside the transcript, of which one is read at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from sidelight.ui.review.headed import HEADING, headed
from sidelight.ui.theme.tokens import Size, Space
from sidelight.ui.widgets.tabs import SIDE, Tabs
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from sidelight.ui.theme.theme import Theme


_KEYS: Final = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4")

_BEHIND_MS: Final = 20
"""So long after it was shown a window has been drawn once."""


class Pages(QFrame):
    """A card with a row of titles: chosen by mouse, arrows, or Ctrl and their number.

    Args:
        theme: Fonts and colours.
        pages: By title, in their order; the first is read first.
    """

    def __init__(self, theme: Theme, pages: dict[str, QWidget]) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("card")
        self._titles = list(pages)
        self._parts: dict[str, tuple[QWidget, str, QWidget]] = {}
        self._last = self._titles[0]
        self.tabs = Tabs(theme, tr("Beside the transcript"), tuple(pages))
        self._stack = QStackedWidget()
        for place, (title, page) in enumerate(pages.items()):
            self._stack.addWidget(page)
            self.tabs.setTabToolTip(place, native(_KEYS[place]))
            key = QShortcut(QKeySequence(_KEYS[place]), self)
            key.activated.connect(lambda title=title: self.go_to(title))
        self._content = QWidget()
        self._stretch_tabs()
        line = (self.tabs, QWidget())
        headed(self._content, theme, line, self._stack, inset=Space.L - SIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._content)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    def _stretch_tabs(self) -> None:
        """As high as the line that they stand in: what is open touches its page."""
        line = self._theme.px(Space.XXS)
        room = self._theme.px(HEADING) - self.tabs.fontMetrics().height() - line
        self.tabs.setStyleSheet(
            f"{self.tabs.styleSheet()} QTabBar::tab {{"
            f" padding-top: {room - room // 2}px; padding-bottom: {room // 2}px; }}"
        )

    def sizeHint(self) -> QSize:
        """Whatever there is, however long its pages are: they scroll."""
        return QSize(self._theme.px(Size.PARAGRAPH), self._theme.px(Size.LINE))

    def take_in(self, parts: dict[str, tuple[QWidget, str, QWidget]]) -> None:
        """Parts that have no room of their own are pages too, before the others.

        Args:
            parts: By title: the part, its key, and what in it takes the keyboard.
        """
        self._last = self.page
        self._parts = parts
        with QSignalBlocker(self.tabs):
            for place, (title, (part, keys, _)) in enumerate(parts.items()):
                self._titles.insert(place, title)
                self._stack.insertWidget(place, part)
                self.tabs.insertTab(place, title)
                self.tabs.setTabToolTip(place, native(keys))

    def let_out(self) -> None:
        """They have room again; a page that was read is read on."""
        page = self._last if self.page in self._parts else self.page
        with QSignalBlocker(self.tabs):
            for title, (part, _, _) in self._parts.items():
                self._titles.remove(title)
                self._stack.removeWidget(part)
                self.tabs.removeTab(0)
        self._parts = {}
        self.open_page(page)

    @property
    def page(self) -> str:
        """Title of what is read."""
        return self._titles[self.tabs.currentIndex()]

    def open_page(self, title: str) -> None:
        """Read this one; the keyboard stays where it is."""
        self.tabs.setCurrentIndex(self._titles.index(title))
        self._stack.setCurrentIndex(self.tabs.currentIndex())

    def go_to(self, title: str) -> None:
        """Read this one, with the keyboard."""
        self.open_page(title)
        stop = self._parts[title][2] if title in self._parts else self.tabs
        stop.setFocus(Qt.FocusReason.ShortcutFocusReason)


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
        if self._first:
            QTimer.singleShot(_BEHIND_MS, self, self.fill)
        else:
            self.fill()

    def fill(self) -> None:
        """Make the page, unless it is there."""
        make, self._make = self._make, None
        if make is not None:
            page = make()
            self._layout.addWidget(page)
            page.show()  # a layout would only do so in the next turn of the loop


def below(theme: Theme, picker: QWidget, content: QWidget) -> QWidget:
    """A page with its filter above it."""
    page = QWidget()
    line = QVBoxLayout()
    side, edge = theme.px(Space.L), theme.px(Space.S)
    line.setContentsMargins(side, edge, side, theme.px(Space.XS))
    line.addWidget(picker)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(line)
    layout.addWidget(content)
    return page


def native(keys: str) -> str:
    """As the system writes these keys."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
