"""The program's own sign, in the sizes that it was drawn for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QIcon, QPixmap

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from pathlib import Path


_SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
"""In pixels."""


def app_icon() -> QIcon:
    """For windows, docks and task bars.

    Raises:
        UserError: A picture is missing or damaged.
    """
    icon = QIcon()
    for size in _SIZES:
        path = drawings() / f"sidelight-{size}.png"
        pixmap = QPixmap(str(path))
        if pixmap.isNull():
            raise unreadable(path)
        icon.addPixmap(pixmap)
    return icon


def drawings() -> Path:
    """Where they lie."""
    return resources.assets() / "icons"


def unreadable(path: Path) -> UserError:
    """What to say of one that is missing or damaged."""
    message = tr("The picture {name} cannot be read.", name=path.name)
    return UserError(message, tr("Install the program again."))
