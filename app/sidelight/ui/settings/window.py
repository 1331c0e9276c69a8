"""The settings window: sections at the left, a search, and every option once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sidelight.session.settings.messages import (
    LookAtSettings,
    OptionRefused,
    ResetOption,
    SetOption,
    SettingsNews,
    SettingsRefused,
    SettingsSeen,
)
from sidelight.settings.option import Section
from sidelight.settings.options import OPTIONS
from sidelight.settings.values import Pool
from sidelight.ui.platform.fitting import fitting
from sidelight.ui.settings.backup import BackupPanel
from sidelight.ui.settings.models import ModelsPanel
from sidelight.ui.settings.panel import Panel
from sidelight.ui.settings.privacy import PrivacyPanel
from sidelight.ui.settings.recovery import RecoveryPanel
from sidelight.ui.settings.row import OptionRow
from sidelight.ui.settings.tab import SectionTab
from sidelight.ui.settings.wording import (
    NOTHING,
    SEARCH,
    SET_UP,
    SET_UP_TEXT,
    TITLE,
    languages,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.scrolling import GUTTER, Scrolling
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr_below

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from sidelight.session.firstrun.messages import Told
    from sidelight.session.home.messages import DevicesFound
    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 900
HEIGHT: Final = 640
_SIDE: Final = 216
_PAGE: Final = 652
"""Logical pixels at 100 % text."""

PICTURE_RATIO: Final = 1.5
_SETTLES: Final = 4
"""Layouts within layouts settle one after the other."""


class SetUpPanel(Panel):
    """The way back to the first run.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.write(SET_UP, Role.STRONG, soft=False)
        self.write(SET_UP_TEXT)
        self.again = Button(theme, SET_UP)
        self.line(self.again)
        self.body.addWidget(self.news)

    def show_seen(self, seen: SettingsSeen) -> None:
        """Not while a session runs."""
        self.again.setEnabled(seen.record is not None)


class SettingsWindow(QWidget):
    """Takes news in and asks by signal; it knows neither launcher nor files.

    Signals:
        asked: ``OfSettings``, or ``Asked`` of the first run.
        set_up_asked: Go through the first run again.
        left: It was closed.

    Args:
        theme: Fonts and colours.
    """

    asked = Signal(object)
    set_up_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self._theme = theme
        self._pools: dict[Pool, tuple[tuple[str, str], ...]] = languages()
        self._seen: SettingsSeen | None = None
        ground = QPalette(self.palette())
        ground.setColor(QPalette.ColorRole.Window, QColor(theme.palette.canvas))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.search = QLineEdit()
        self.search.setFont(theme.font(Role.BODY))
        self.search.setPlaceholderText(SEARCH)
        self.search.setAccessibleName(SEARCH)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_found)
        self.rows = {one.id: OptionRow(theme, one) for one in OPTIONS}
        self.set_up = SetUpPanel(theme)
        self.models = ModelsPanel(theme)
        self.privacy = PrivacyPanel(theme)
        self.backup = BackupPanel(theme)
        self.recovery = RecoveryPanel(theme)
        self.panels: dict[Section, Panel] = {
            Section.SESSION: self.set_up,
            Section.MODELS: self.models,
            Section.PRIVACY: self.privacy,
            Section.BACKUP: self.backup,
            Section.RECOVERY: self.recovery,
        }
        self.set_up.again.clicked.connect(self._set_up_again)
        filled = {row.option.section for row in self.rows.values()} | set(self.panels)
        self.tabs = {
            section: SectionTab(theme, tr_below(section.value))
            for section in Section
            if section in filled
        }
        self._cards: dict[Section, QFrame] = {}
        self._nothing = Text(theme, Role.BODY, NOTHING, soft=True)
        self._page = Scrolling(self._make_page(), gutter=True)
        self._lay_out()
        self._connect()
        self.tabs[Section.SESSION].setChecked(True)
        self._show_found()
        self.resize(fitting(self, QSize(theme.px(WIDTH), theme.px(HEIGHT))))

    @property
    def section(self) -> Section:
        """The one that is shown where nothing is searched for."""
        return next(one for one, tab in self.tabs.items() if tab.isChecked())

    def begin(self) -> None:
        """Ask how everything is set."""
        self.asked.emit(LookAtSettings())
        self.search.setFocus()

    def turn_to(self, section: Section) -> None:
        """Show this section."""
        self.search.clear()
        self.tabs[section].setChecked(True)

    def take(self, news: SettingsNews | Told) -> None:
        """Show what was told."""
        match news:
            case SettingsSeen():
                self._show_seen(news)
            case OptionRefused(id=id_, message=message, remedy=remedy):
                self.rows[id_].refuse(message, remedy)
            case SettingsRefused(message=message, remedy=remedy):
                panel = self.panels.get(self.section, self.backup)
                panel.show_fault(message, remedy)
            case _:
                for panel in self.panels.values():
                    panel.take(news)

    def show_devices(self, found: DevicesFound) -> None:
        """What can be recorded now."""
        for pool, lines in (
            (Pool.MICROPHONES, found.microphones),
            (Pool.PLAYED, found.played),
        ):
            self._pools[pool] = tuple((one.title, one.name) for one in lines)
        if self._seen is not None:
            self._show_seen(self._seen)

    def picture(self) -> QImage:
        """The whole window as it is now."""
        self.ensurePolished()
        for _ in range(_SETTLES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        image = QImage(self.size() * PICTURE_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_RATIO)
        self.render(image, QPoint())
        return image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the search, then closes."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing secret stays; what was being typed holds."""
        self.setFocus()
        super().closeEvent(event)
        self.left.emit()

    def _show_seen(self, seen: SettingsSeen) -> None:
        self._seen = seen
        self._pools[Pool.MODELS] = tuple((name, name) for name in seen.models)
        screens = QGuiApplication.screens()
        self._pools[Pool.SCREENS] = tuple((one.name(), one.name()) for one in screens)
        for one in seen.options:
            self.rows[one.id].show_option(one, self._pools)
        for panel in self.panels.values():
            panel.show_seen(seen)

    def _show_found(self) -> None:
        """The section that is chosen, or everything with the words that are typed."""
        words = self.search.text().lower().split()
        for tab in self.tabs.values():
            tab.rest(resting=bool(words))
        any_found = False
        for section, card in self._cards.items():
            found = False
            for row in self.rows.values():
                if row.option.section is section:
                    shown = _has(row.searched, words)
                    row.setVisible(shown)
                    found = found or shown
            panel = self.panels.get(section)
            if panel is not None:
                name = tr_below(section.value).lower()
                shown = _has(f"{name} {panel.searched}", words)
                panel.setVisible(shown)
                found = found or shown
            visible = found if words else section is self.section
            card.setVisible(visible)
            any_found = any_found or visible
        self._nothing.setVisible(not any_found)
        self._page.verticalScrollBar().setValue(0)

    def _set_up_again(self) -> None:
        self.close()
        self.set_up_asked.emit()

    def _connect(self) -> None:
        for tab in self.tabs.values():
            tab.toggled.connect(lambda on: self._turned() if on else None)
            tab.clicked.connect(self._turned)  # of the chosen one, to end a search
        for row in self.rows.values():
            row.typed.connect(lambda id_, text: self.asked.emit(SetOption(id_, text)))
            row.reset.connect(lambda id_: self.asked.emit(ResetOption(id_)))
        for panel in self.panels.values():
            panel.asked.connect(self.asked)
        close = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        close.activated.connect(self.close)

    def _turned(self) -> None:
        if self.search.text():
            self.search.clear()  # which shows what is found
        else:
            self._show_found()

    def _make_page(self) -> QWidget:
        theme = self._theme
        page = QWidget()
        layout = QVBoxLayout(page)
        side = theme.px(Space.XL)
        layout.setContentsMargins(theme.px(Space.S), side, side - GUTTER, side)
        layout.setSpacing(theme.px(Space.L))
        for section in self.tabs:
            card = self._cards[section] = self._card(section)
            layout.addWidget(card)
        layout.addWidget(self._nothing)
        layout.addStretch(1)
        return page

    def _card(self, section: Section) -> QFrame:
        theme = self._theme
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(theme.px(_PAGE))
        layout = QVBoxLayout(card)
        side = theme.px(Space.L)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(Space.L))
        layout.addWidget(Text(theme, Role.HOW, tr_below(section.value)))
        for row in self.rows.values():
            if row.option.section is section:
                layout.addWidget(row)
        if section in self.panels:
            layout.addWidget(self.panels[section])
        return card

    def _lay_out(self) -> None:
        theme = self._theme
        left = QWidget()
        side = theme.px(Space.XL)
        longest = max(tab.sizeHint().width() for tab in self.tabs.values())
        wide = max(theme.px(_SIDE), longest + side + theme.px(Space.S))
        left.setFixedWidth(wide)
        column = QVBoxLayout(left)
        column.setContentsMargins(side, side, theme.px(Space.S), side)
        column.setSpacing(theme.px(Space.XXS))
        column.addWidget(Text(theme, Role.TITLE, TITLE))
        column.addSpacing(theme.px(Space.S))
        column.addWidget(self.search)
        column.addSpacing(theme.px(Space.S))
        for tab in self.tabs.values():
            column.addWidget(tab)
        column.addStretch(1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        beside = Scrolling(left)
        beside.setFixedWidth(wide)
        for tab in self.tabs.values():
            tab.toggled.connect(lambda _, to=tab: beside.ensureWidgetVisible(to))
        both.addWidget(beside)
        both.addWidget(self._page, 1)


def _has(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)
