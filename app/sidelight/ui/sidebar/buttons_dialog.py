"""Binding a clicker's or a headset's button: press "Set", then press the button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from sidelight.domain.errors import UserError
from sidelight.settings.keys import key_words
from sidelight.ui.platform.fitting import fitting
from sidelight.ui.sidebar.intents import BINDINGS, key_of
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.scrolling import Scrolling
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent

    from sidelight.ui.sidebar.buttons import ButtonDesk
    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 690
"""At 100 % text, in logical pixels."""
_WHERE: Final = 230

NONE: Final = tr("none", about="button")
PRESS_NOW: Final = tr("press the button now")

SNAPSHOT_RATIO: Final = 2.0
"""Device pixels per logical pixel in saved pictures."""

_INTRO: Final = tr(
    "A button of a clicker or a headset can do what a key does. Press Set, then the "
    "button; Escape changes nothing."
)
_EVERYWHERE: Final = tr(
    "Everywhere: while a session runs, these buttons reach no other program."
)
_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_unknown,
    }
)
"""Pressed alone they are no button."""

_HANDLED: Final = (
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.ShortcutOverride,
)


@dataclass(frozen=True, slots=True)
class _Row:
    own: Text
    change: Button
    remove: Button


class ButtonsDialog(QWidget):
    """A window of its own; whatever is changed holds at once.

    Args:
        theme: Fonts and colours.
        desk: Knows the buttons.
    """

    def __init__(self, theme: Theme, desk: ButtonDesk) -> None:
        super().__init__()
        self.setWindowTitle(tr("Your own buttons"))
        # The sidebar and the room's line stand above everything else.
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self._theme = theme
        self._desk = desk
        self._catching = ""
        self._rows: dict[str, _Row] = {}
        self.where = Picker(theme, tr("Where buttons work"))
        self.where.offer(
            [(tr("In Sidelight's windows"), False), (tr("Everywhere"), True)],
            desk.buttons.everywhere,
        )
        self.where.setMinimumWidth(theme.px(_WHERE))
        self.where.currentIndexChanged.connect(self._choose_where)
        self.news = Text(theme, Role.BODY)
        self._done = Button(theme, tr("Done"), main=True)
        self._done.clicked.connect(self.close)
        page = QWidget()
        self._layout = QVBoxLayout(page)
        self._lay_out()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Scrolling(page))
        self.news.say("")
        desk.rebound.connect(self._show_buttons)
        desk.refused.connect(self._tell)
        self._show_buttons()

    def picture(self) -> QImage:
        """As it looks when nobody points at it."""
        self.ensurePolished()
        width = self.width()
        self.resize(width, self._layout.totalHeightForWidth(width))
        # Layouts settle through the event loop; a picture does not wait for it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        image = QImage(self.size() * SNAPSHOT_RATIO, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(SNAPSHOT_RATIO)
        self.render(image)
        return image

    def showEvent(self, event: QShowEvent) -> None:
        """As high as it needs, if the screen is: large text scrolls."""
        wide = fitting(self, QSize(self._theme.px(WIDTH), 0)).width()
        high = self._layout.totalHeightForWidth(wide)
        self.setFixedWidth(wide)
        self.resize(fitting(self, QSize(wide, high)))
        super().showEvent(event)

    def own(self, deed: str) -> str:
        """What stands beside a deed, as text."""
        return self._rows[deed].own.text()

    def catch(self, deed: str) -> None:
        """The next key that is pressed does this."""
        self._let_go()
        self.news.say("")
        self._catching = deed
        self._desk.set_waiting(waiting=True)
        self._rows[deed].own.setText(PRESS_NOW)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def remove(self, deed: str) -> None:
        """No button does this any more."""
        self._let_go()
        self.news.say("")
        self._desk.remove_button(deed)
        self._rows[deed].change.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a button is waited for, every key is that button."""
        del watched
        if event.type() not in _HANDLED or not isinstance(event, QKeyEvent):
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._take(event)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(self._theme.palette.surface))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is waited for any more."""
        self._let_go()
        super().closeEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS:
            return
        deed = self._catching
        self._let_go()
        if event.key() == Qt.Key.Key_Escape:
            return
        written = QKeySequence.SequenceFormat.PortableText
        try:
            self._desk.set_button(deed, key_of(event).toString(written))
        except UserError as fault:
            self._tell(fault.message, fault.remedy)

    def _let_go(self) -> None:
        if self._catching:
            self._catching = ""
            self._desk.set_waiting(waiting=False)
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        bound = self._desk.buttons.bound
        for deed, row in self._rows.items():
            if deed != self._catching:
                key = bound.get(deed, "")
                row.own.setText(key_words(key) if key else NONE)
            row.remove.setEnabled(deed in bound)

    def _choose_where(self) -> None:
        self.news.say("")
        self._desk.set_everywhere(everywhere=self.where.chosen is True)

    @Slot(str, str)
    def _tell(self, message: str, remedy: str) -> None:
        self.news.say(f"{message} {remedy}")

    def _lay_out(self) -> None:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(Space.L))
        grid.setVerticalSpacing(theme.px(Space.S))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 2)
        for column, heading in enumerate(("", tr("Key"), tr("Your button"))):
            grid.addWidget(label(theme, heading), 0, column)
        for number, binding in enumerate(BINDINGS, start=1):
            self._add_row(grid, number, binding.intent.name.lower())
        below = QHBoxLayout()
        below.setSpacing(theme.px(Space.L))
        words = label(theme, tr("Your buttons work"), self.where)
        words.setWordWrap(False)
        below.addWidget(words)
        below.addWidget(self.where)
        below.addStretch(1)
        below.addWidget(self._done)
        layout = self._layout
        side = theme.px(Space.XL)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(Space.M))
        layout.addWidget(Text(theme, Role.TITLE, tr("Your own buttons")))
        layout.addWidget(Text(theme, Role.BODY, _INTRO))
        layout.addSpacing(theme.px(Space.S))
        layout.addLayout(grid)
        layout.addSpacing(theme.px(Space.S))
        layout.addWidget(self.news)
        layout.addLayout(below)
        layout.addWidget(Text(theme, Role.SMALL, _EVERYWHERE, soft=True))
        layout.addStretch(1)
        self.setFixedWidth(theme.px(WIDTH))

    def _add_row(self, grid: QGridLayout, number: int, deed: str) -> None:
        theme = self._theme
        binding = BINDINGS[number - 1]
        row = _Row(
            Text(theme, Role.BODY),
            Button(theme, tr("Set")),
            Button(theme, tr("Remove")),
        )
        row.change.setAccessibleName(tr("Set a button for: {deed}", deed=binding.name))
        row.remove.setAccessibleName(
            tr("Remove the button for: {deed}", deed=binding.name)
        )
        row.change.clicked.connect(lambda: self.catch(deed))
        row.remove.clicked.connect(lambda: self.remove(deed))
        grid.addWidget(Text(theme, Role.BODY, binding.name), number, 0)
        grid.addWidget(Text(theme, Role.BODY, binding.key, soft=True), number, 1)
        grid.addWidget(row.own, number, 2)
        grid.addWidget(row.change, number, 3)
        grid.addWidget(row.remove, number, 4)
        self._rows[deed] = row
