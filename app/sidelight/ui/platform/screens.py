"""The screens that are there now, as plain values."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen

from sidelight.ui.platform.placing import Box, Screen

if TYPE_CHECKING:
    from PySide6.QtCore import QRect


class Screens(QObject):
    """Knows them, and says when they are others.

    Signals:
        changed: One came, went, or has another size.
    """

    changed = Signal()

    def __init__(self, application: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        application.screenAdded.connect(self._come)
        application.screenRemoved.connect(self.changed)
        application.primaryScreenChanged.connect(self.changed)
        for screen in application.screens():
            self._watch(screen)

    def now(self) -> tuple[Screen, ...]:
        """All that are there; none for a moment while the only one is exchanged."""
        first = self._application.primaryScreen()
        return tuple(
            Screen(
                identity_of(screen),
                _box(screen.geometry()),
                _box(screen.availableGeometry()),
                primary=screen is first,
            )
            for screen in self._application.screens()
        )

    @Slot(QScreen)
    def _come(self, screen: QScreen) -> None:
        self._watch(screen)
        self.changed.emit()

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.changed)
        screen.availableGeometryChanged.connect(self.changed)


def identity_of(screen: QScreen) -> str:
    """A name that stays with the screen, as a sum that tells no more.

    The connector counts too where the maker gave no serial number: of two equal
    screens side by side each keeps its own place.
    """
    serial = screen.serialNumber()
    parts = (screen.manufacturer(), screen.model(), serial or screen.name())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _box(rect: QRect) -> Box:
    return Box(rect.x(), rect.y(), rect.width(), rect.height())
