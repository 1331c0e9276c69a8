"""What a window finds around it: screens, what the system can do, and a shield."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QGuiApplication

from sidelight.ui.platform.abilities import Abilities, abilities
from sidelight.ui.platform.compositing import composited
from sidelight.ui.platform.screens import Screens
from sidelight.ui.platform.sharing import Shield, shield_here

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Found once, when the window is made.

    Attributes:
        screens: Those that are there, and news of them.
        abilities: What can be had.
        shield: Leaves a window out of shared screens; ``None``: the system cannot.
    """

    screens: Screens
    abilities: Abilities
    shield: Shield | None

    @classmethod
    def here(cls, owner: QObject) -> Surroundings:
        """Those of this application.

        Args:
            owner: What listens to the screens lives as long as this.
        """
        application = cast("QGuiApplication", QGuiApplication.instance())
        platform = application.platformName()
        return cls(
            Screens(application, owner),
            abilities(platform, composited=composited()),
            shield_here(),
        )
