"""The menu's part about the window itself: place, size, ground, clicks, sharing."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from sidelight.settings.sidebar import SOLIDITY
from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from sidelight.settings.sidebar import SidebarChoice
    from sidelight.ui.platform.surroundings import Surroundings
    from sidelight.ui.theme.theme import Theme


class WindowAct(Enum):
    """What the coach can do with the window."""

    HOLD = auto()
    CAMERA = auto()
    PASS = auto()
    UNSHARE = auto()


HOLD_KEY: Final = "M"
"""Moves it with the keyboard, where the sidebar has the keyboard."""

OPACITY_NAMES: Final = {one: tr_below(name) for one, name in SOLIDITY.items()}
SETTINGS: Final = tr("Settings…")
PASS: Final = tr("&Let clicks through")
TAKE: Final = tr("&Take clicks again")
UNSHARE: Final = tr("Ask to be left out of shared screens")
UNSHARE_LIMITS: Final = tr(
    "Some programs show it all the same: try before you rely on it."
)
SHARED: Final = tr("Screen sharing shows the sidebar here")
INSTEAD: Final = tr("Share one window instead")
OR_HIDE: Final = tr("Share one window instead, or hide the sidebar with {key}")


class WindowMenu(QMenu):
    """What cannot be had is not offered; what should be known about it is said.

    Args:
        theme: Fonts.
        around: What can be had.
        hide_key: The key that hides all but the dot, or ``""``.
        parent: The sidebar.

    Attributes:
        acts: The action of each act that can be had.
        opacities: The action of each opacity; none where nothing can shine through.
    """

    def __init__(
        self, theme: Theme, around: Surroundings, hide_key: str, parent: QWidget
    ) -> None:
        super().__init__(tr("&Window"), parent)
        self.setFont(theme.font(Role.SMALL))
        self.setToolTipsVisible(True)
        can = around.abilities
        self.acts: dict[WindowAct, QAction] = {}
        self.opacities: dict[int, QAction] = {}
        held = tr("&Move and resize by keys") if can.place else tr("&Resize by keys")
        self._offer(WindowAct.HOLD, f"{held}\t{HOLD_KEY}")
        if can.place:
            self._offer(WindowAct.CAMERA, tr("&Beside the camera"))
        if can.see_through and not theme.high_contrast:
            self.addSeparator()
            self._offer_opacities()
        self.addSeparator()
        if can.click_through:
            self._offer(WindowAct.PASS, PASS)
        if around.shield is not None:
            action = self._offer(WindowAct.UNSHARE, UNSHARE)
            action.setCheckable(True)
            action.setToolTip(UNSHARE_LIMITS)
        else:
            self._say(SHARED)
            self._say(OR_HIDE.format(key=hide_key) if hide_key else INSTEAD)
        if can.missing:
            self._say(can.missing)

    def show_choice(self, choice: SidebarChoice, *, passing: bool) -> None:
        """Say how things are now."""
        for opacity, action in self.opacities.items():
            action.setChecked(opacity == choice.opacity)
        if WindowAct.PASS in self.acts:
            self.acts[WindowAct.PASS].setText(TAKE if passing else PASS)
        if WindowAct.UNSHARE in self.acts:
            self.acts[WindowAct.UNSHARE].setChecked(choice.unshared)

    def _offer(self, act: WindowAct, name: str) -> QAction:
        action = self.addAction(name)
        action.setData(act)
        self.acts[act] = action
        return action

    def _offer_opacities(self) -> None:
        group = QActionGroup(self)
        for opacity, name in OPACITY_NAMES.items():
            action = self.addAction(name)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setData(opacity)
            self.opacities[opacity] = action

    def _say(self, text: str) -> None:
        self.addAction(text).setEnabled(False)
