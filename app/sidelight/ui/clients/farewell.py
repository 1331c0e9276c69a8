"""How long a client's sound is kept, what leaves for them, and deleting all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sidelight.domain.keeping import SoundRule
from sidelight.ui.clients.wording import SOUND_RULES, what_goes
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.session.clients.messages import ExtentSeen
    from sidelight.ui.theme.theme import Theme

EVERYTHING: Final = tr("Everything as a file…")
DELETE: Final = tr("Delete everything…")
MEANT: Final = tr("Delete all of it")
NOT_MEANT: Final = tr("Keep it")
_GENERAL: Final = ""


class Farewell(QWidget):
    """Says exactly what goes before it does; the keyboard is then on keeping it.

    Signals:
        rule_chosen: A ``SoundRule``, or ``None``: as everybody's.
        file_asked: All of it in an archive for the client.
        delete_asked: How much is it?
        delete_meant: Destroy it.

    Args:
        theme: Fonts and colours.
    """

    rule_chosen = Signal(object)
    file_asked = Signal()
    delete_asked = Signal()
    delete_meant = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rule = Picker(theme, tr("How long their sound is kept"))
        self.rule.activated.connect(self._choose)
        self.everything = Button(theme, EVERYTHING)
        self.everything.clicked.connect(self.file_asked)
        self.delete = Button(theme, DELETE)
        self.delete.clicked.connect(self.delete_asked)
        self.asking = QFrame()
        self.asking.setObjectName("card")
        self.what = Text(theme, Role.BODY)
        self.keep = Button(theme, NOT_MEANT, main=True)
        self.keep.clicked.connect(self._turn_back)
        self.meant = Button(theme, MEANT)
        self.meant.clicked.connect(self.delete_meant)
        self._lay_out(theme)
        self.begin(None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.rule, self.everything, self.delete, self.keep, self.meant)

    def begin(self, rule: SoundRule | None) -> None:
        """Another client, or the same one anew."""
        chosen = _GENERAL if rule is None else rule.value
        offered = [(text, one.value) for one, text in SOUND_RULES.items()]
        self.rule.offer([(tr("As everybody's"), _GENERAL), *offered], chosen)
        self.asking.hide()

    def ask(self, seen: ExtentSeen) -> None:
        """Say what would go, and wait."""
        told = what_goes(seen)
        self.what.setText(told)
        for button in (self.keep, self.meant):
            button.setAccessibleDescription(told)
        self.asking.show()
        self.keep.setFocus()
        # Its place is known once the layout had its turn.
        QTimer.singleShot(0, self, self.into_sight)

    def into_sight(self) -> None:
        """Scroll to what is asked, where the page is longer than the window."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps it."""
        if event.key() == Qt.Key.Key_Escape and self.asking.isVisibleTo(self):
            self._turn_back()
        else:
            super().keyPressEvent(event)

    def _turn_back(self) -> None:
        self.asking.hide()
        self.delete.setFocus()

    def _choose(self) -> None:
        chosen = str(self.rule.chosen)
        self.rule_chosen.emit(None if chosen == _GENERAL else SoundRule(chosen))

    def _lay_out(self, theme: Theme) -> None:
        side, gap = theme.px(Space.L), theme.px(Space.S)
        inside = QVBoxLayout(self.asking)
        inside.setContentsMargins(side, side, side, side)
        inside.setSpacing(theme.px(Space.M))
        inside.addWidget(self.what)
        ways = QHBoxLayout()
        ways.setSpacing(gap)
        ways.addStretch(1)
        ways.addWidget(self.keep)
        ways.addWidget(self.meant)
        inside.addLayout(ways)
        top = QHBoxLayout()
        top.setSpacing(gap)
        top.addWidget(label(theme, self.rule.accessibleName(), self.rule), 1)
        top.addWidget(self.rule)
        below = QHBoxLayout()
        below.setSpacing(gap)
        below.addWidget(self.everything)
        below.addWidget(self.delete)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addLayout(top)
        layout.addLayout(below)
        layout.addWidget(self.asking)
