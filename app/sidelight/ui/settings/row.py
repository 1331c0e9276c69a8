"""One option: its words at the left, what can be chosen at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sidelight.settings.keys import Key
from sidelight.settings.values import YesNo
from sidelight.ui.settings.key_button import KeyButton
from sidelight.ui.settings.wording import (
    ON,
    RESET,
    choices,
    explained,
    title_of,
    what_fits,
    words_of,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text
from sidelight.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from sidelight.session.settings.messages import OptionSeen
    from sidelight.settings.option import Option
    from sidelight.settings.values import Pool
    from sidelight.ui.theme.theme import Theme

    Pools = Mapping[Pool, tuple[tuple[str, str], ...]]

_CONTROL: Final = 240
_NARROW: Final = 460
"""Below this width what can be chosen stands under the words."""


class OptionRow(QWidget):
    """Shows an option as it is; what a coach wants goes out as a signal.

    Signals:
        typed: The option's id, and its new value as typed.
        reset: The option's id.

    Args:
        theme: Fonts and colours.
        option: Which one.
    """

    typed = Signal(str, str)
    reset = Signal(str)

    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__()
        self._theme = theme
        self.option = option
        self.searched = words_of(option)
        self.now = ""
        self.control = self._make()
        # A box has room beside it, to be hit; its edge is in line with the fields'.
        beside = Space.S if isinstance(self.control, Tick) else 0
        self.control.setFixedWidth(theme.px(_CONTROL + beside))
        self.control.setAccessibleDescription(explained(option))
        self.back = Button(theme, RESET)
        self.back.setAccessibleName(f"{title_of(option)}: {RESET}")
        self.back.clicked.connect(self._reset)
        self.news = Text(theme, Role.SMALL)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lay_out()
        self.news.say("")

    def show_option(self, seen: OptionSeen, pools: Pools) -> None:
        """It is so now."""
        self.now = seen.text
        self.news.say("")
        control = self.control
        match control:
            case Tick():
                control.setChecked(seen.text == self.option.values.show(True))
            case KeyButton():
                control.show_text(seen.text)
            case Picker():
                offered = choices(self.option.values, pools, seen.text) or []
                control.offer(offered, seen.text)
            case QLineEdit():
                if control.text() != seen.text:
                    control.setText(seen.text)
            case _:
                assert_never(control)
        if not seen.chosen and self.back.hasFocus():
            control.setFocus()
        self.back.setVisible(seen.chosen)

    def refuse(self, message: str, remedy: str) -> None:
        """It cannot be so; what was typed stays, to be corrected."""
        if isinstance(self.control, QLineEdit):
            self.news.say(what_fits(self.option.values))
            return
        self.news.say(f"{message} {remedy}")
        if isinstance(self.control, KeyButton):
            self.control.show_text(self.now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_NARROW)
        way = QBoxLayout.Direction
        self._halves.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _make(self) -> Tick | KeyButton | Picker | QLineEdit:
        theme, values, title = self._theme, self.option.values, title_of(self.option)
        if isinstance(values, YesNo):
            tick = Tick(theme, ON, among_fields=True)
            tick.setAccessibleName(title)
            tick.clicked.connect(lambda on: self._type(values.show(on)))
            return tick
        if isinstance(values, Key):
            key = KeyButton(theme, title)
            key.typed.connect(self._type)
            return key
        if choices(values, {}, "") is not None:
            picker = Picker(theme, title)
            picker.currentIndexChanged.connect(lambda: self._type(str(picker.chosen)))
            return picker
        field = QLineEdit()
        field.setFont(theme.font(Role.BODY))
        field.setAccessibleName(title)
        field.editingFinished.connect(lambda: self._type(field.text().strip()))
        return field

    def _type(self, text: str) -> None:
        if text != self.now:
            self.typed.emit(self.option.id, text)

    def _reset(self) -> None:
        self.reset.emit(self.option.id)

    def _lay_out(self) -> None:
        theme, top = self._theme, Qt.AlignmentFlag.AlignTop
        words = QVBoxLayout()
        words.setSpacing(theme.px(Space.XXS))
        words.addWidget(Text(theme, Role.STRONG, title_of(self.option)))
        words.addWidget(Text(theme, Role.SMALL, explained(self.option), soft=True))
        words.addWidget(self.news)
        chosen = QVBoxLayout()
        chosen.setSpacing(theme.px(Space.XS))
        chosen.addWidget(self.control)
        chosen.addWidget(self.back)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.px(Space.S))
        self._halves.addLayout(words, 1)
        self._halves.addLayout(chosen)
        self._halves.setAlignment(words, top)
        self._halves.setAlignment(chosen, top)
