"""Keeping up the wish that the sidebar is left out of shared screens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.ui.platform.overlay import be_opaque
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.platform.sharing import Shield
    from sidelight.ui.sidebar.window import SidebarWindow

REFUSED: Final = tr("The system refused")


class Unshared:
    """Asks the system again after each show: it forgets with the window.

    Args:
        window: The sidebar, with the flags of an overlay, not shown yet.
        shield: Of this system, or ``None``: it has none.
    """

    def __init__(self, window: SidebarWindow, shield: Shield | None) -> None:
        self._window = window
        self._shield = shield
        self._dress()

    def ask(self, *, unshared: bool) -> None:
        """The coach wants it, or not any more. A refusal is told, and ends it."""
        window = self._window
        window.choose(replace(window.choice, unshared=unshared))
        self._dress()
        if not unshared and self._shield is not None:
            self._shield.cover(int(window.winId()), covered=False)
        self.renew()

    def renew(self) -> None:
        """The window was shown anew."""
        window = self._window
        if self._shield is None or not window.choice.unshared:
            return
        if not self._shield.cover(int(window.winId()), covered=True):
            window.choose(replace(window.choice, unshared=False))
            self._dress()
            window.tell(REFUSED)

    def _dress(self) -> None:
        """A window that has to be opaque for it is, and only as long as needed."""
        if self._shield is not None and self._shield.needs_opaque:
            be_opaque(self._window, opaque=self._window.choice.unshared)
