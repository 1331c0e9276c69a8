"""The system's own dialog to save a file; nobody waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def documents() -> Path:
    """Where people keep their documents: a program is started from anywhere."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place))
    return found if found.is_dir() else Path.home()


def ask_where(
    parent: QWidget,
    title: str,
    suggested: str | Path,
    chosen: Callable[[Path], None],
    filters: str = "",
) -> QFileDialog:
    """Open the dialog among the coach's documents, and go on once a file is chosen.

    Args:
        parent: Whose dialog it is.
        title: Its heading; ``""``: the system's.
        suggested: A name with its suffix, or a whole path.
        chosen: Told the file; the dialog has asked whether one may be replaced.
        filters: Which files are shown, as Qt writes them.
    """
    path = documents() / suggested
    dialog = QFileDialog(parent, title, str(path), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(path.suffix.removeprefix("."))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.open()
    return dialog
