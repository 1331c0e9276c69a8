"""The sidebar's menu: the same things as the keys, each with its key beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sidelight.ui.sidebar.intents import RESUME, SHOW, Intent, intent_of
from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from sidelight.ui.sidebar.intents import Binding
    from sidelight.ui.sidebar.wording import SidebarTexts
    from sidelight.ui.theme.theme import Theme


class CoachMenu(QMenu):
    """Opens where it is asked to; the keys themselves choose, or arrows and Enter.

    Args:
        theme: Fonts.
        bindings: What there is to choose, in this order.
        do: Called with what was chosen.
        parent: The sidebar.
    """

    def __init__(
        self,
        theme: Theme,
        bindings: tuple[Binding, ...],
        do: Callable[[Intent], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.font(Role.SMALL))
        self.setAccessibleName(tr("What you can do"))
        self._bindings = bindings
        self._do = do
        self._end: QAction | None = None
        for binding in bindings:
            if binding.intent in (Intent.HIDE, Intent.END):
                rule = self.addSeparator()
                self._end = rule if binding.intent is Intent.END else None
            action = self.addAction(binding.name)
            action.setData(binding.intent)
        self.triggered.connect(self._choose)

    def offer(self, action: QAction) -> QAction:
        """One more line; what ends the session stays the last, under a rule."""
        if self._end is None:
            self.addAction(action)
        else:
            self.insertAction(self._end, action)
        return action

    def offer_line(self, name: str) -> QAction:
        """The same, for what has only a name."""
        return self.offer(QAction(name, self))

    def offer_rule(self) -> QAction:
        """A rule before what is offered next."""
        rule = QAction(self)
        rule.setSeparator(True)
        return self.offer(rule)

    def rebind(self, bindings: tuple[Binding, ...]) -> None:
        """From now on these keys do these things."""
        self._bindings = bindings

    def _choose(self, action: QAction) -> None:
        intent = action.data()
        if isinstance(intent, Intent):  # other lines have slots of their own
            self._do(intent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key does here what it does everywhere, if it can be done now."""
        intent = intent_of(event, self._bindings)
        chosen = [one for one in self.actions() if one.data() is intent]
        if intent is None or not chosen:
            super().keyPressEvent(event)
        elif chosen[0].isEnabled():
            self.close()
            self._do(intent)

    def open_at(self, at: QPoint, *, running: bool, paused: bool, hiding: bool) -> None:
        """Show what can be done now, with the upper left corner at ``at``."""
        self.name_for(running=running, paused=paused, hiding=hiding)
        self.popup(at)

    def name_for(self, *, running: bool, paused: bool, hiding: bool) -> None:
        """Name every action for what it would do now.

        Args:
            running: Whether there is a session to act on.
            paused: Whether it is paused.
            hiding: Whether all but the dot is hidden.
        """
        names = {binding.intent: binding for binding in self._bindings}
        for action in self.actions():
            intent = action.data()
            if intent not in names:
                continue  # the line between, and what others added
            name = names[intent].name
            if intent is Intent.PAUSE and paused:
                name = RESUME
            if intent is Intent.HIDE and hiding:
                name = SHOW
            action.setText(f"{name}\t{names[intent].key}")
            action.setEnabled(running or intent is Intent.HIDE)


def menu_for(
    menu: CoachMenu, texts: SidebarTexts | None, at: QPoint, *, hiding: bool
) -> None:
    """Open the menu with what can be done now."""
    running = texts is not None and texts.running
    paused = texts is not None and texts.paused
    menu.open_at(at, running=running, paused=paused, hiding=hiding)
