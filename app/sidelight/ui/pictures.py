"""Pictures on disk: whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtGui import QImageWriter

from sidelight.domain.errors import UserError
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage


def save_picture(image: QImage, path: Path) -> None:
    """Write a PNG; an older file of that name is replaced only once all is written.

    Raises:
        UserError: The folder is missing, full, or may not be written to.
    """
    file = QSaveFile(str(path))
    saved = (
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        and QImageWriter(file, b"png").write(image)
        and file.commit()
    )
    if not saved:
        raise UserError(
            tr("The picture {name} could not be saved.", name=path.name),
            tr("Choose a folder that can be written to and has room."),
        )
