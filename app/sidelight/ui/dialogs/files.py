"""Asking for files and folders: the system's own dialog, or Qt's where it has none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QListView,
    QToolButton,
    QTreeView,
)

from sidelight.ui.dialogs.file_signs import FileSign, FileSigns

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Choice(Enum):
    """What is chosen."""

    FOLDER = QFileDialog.FileMode.Directory
    FILE = QFileDialog.FileMode.ExistingFile
    FILES = QFileDialog.FileMode.ExistingFiles
    NEW = QFileDialog.FileMode.AnyFile
    """One to be written; the dialog asks whether it may be replaced."""


DOCUMENTS: Final = QStandardPaths.StandardLocation.DocumentsLocation
MUSIC: Final = QStandardPaths.StandardLocation.MusicLocation

_TYPE: Final = 2
"""The column that repeats the name's ending."""

_SIDEBAR: Final = 9
"""Its width in heights of a letter."""

_BUTTONS: Final = {
    "backButton": FileSign.BACK,
    "forwardButton": FileSign.FORWARD,
    "toParentButton": FileSign.UP,
    "newFolderButton": FileSign.NEW_FOLDER,
    "listModeButton": FileSign.LIST,
    "detailModeButton": FileSign.DETAILS,
}


@dataclass(frozen=True, slots=True)
class FileWish:
    """What is asked for.

    Attributes:
        title: Of the dialog.
        choice: A folder, files, or a new one.
        begin: The person's folder in which the first dialog opens; later ones open
            where something was last chosen.
        filters: As Qt writes them, ``Sound (*.wav);;All files (*)``; ``""``: all.
        name: Of a new file, as it is suggested, with its ending.
    """

    title: str
    choice: Choice
    begin: QStandardPaths.StandardLocation = DOCUMENTS
    filters: str = ""
    name: str = ""


def ask_for(
    parent: QWidget, wish: FileWish, chosen: Callable[[tuple[Path, ...]], None]
) -> None:
    """Open the dialog; nobody waits for it.

    Args:
        parent: Above which it stands; it goes with it.
        wish: What is asked for.
        chosen: Told what was chosen, at least one; never where nothing was.
    """
    dialog = file_dialog(parent, wish)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: chosen(tuple(map(Path, names))))
    dialog.open()


def file_dialog(parent: QWidget, wish: FileWish) -> QFileDialog:
    """The dialog, not open yet; it begins in a folder of the person's.

    Args:
        parent: Above which it stands.
        wish: What is asked for.
    """
    dialog = QFileDialog(parent, wish.title, "", wish.filters)
    dialog.setFileMode(wish.choice.value)
    if dialog.directory() == QDir.current():  # where nothing was chosen before
        dialog.setDirectory(str(begins(wish.begin)))
    if wish.choice is Choice.NEW:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(wish.name).suffix.removeprefix("."))
        dialog.selectFile(wish.name)
    details = dialog.findChild(QTreeView, "treeView")
    if details is not None:  # the system has no dialog of its own
        _dress(dialog, details)
    return dialog


def _dress(dialog: QFileDialog, details: QTreeView) -> None:
    """Our signs; columns as wide as what stands in them."""
    colors, role = dialog.palette(), QPalette.ColorRole
    ink, faint = colors.color(role.WindowText), colors.color(role.PlaceholderText)
    dialog.setIconProvider(FileSigns(faint))  # which Qt keeps
    for name, sign in _BUTTONS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(sign.icon(ink, colors.color(role.Mid)))
    size = QSize(1, 1) * dialog.fontMetrics().height()
    for part in dialog.findChildren(QAbstractItemView):
        part.setIconSize(size)
    for button in dialog.findChildren(QToolButton):
        button.setIconSize(size)
    dialog.setSidebarUrls([QUrl.fromLocalFile(str(one)) for one in _places()])
    sidebar = dialog.findChild(QListView, "sidebar")
    if sidebar is not None:
        sidebar.setFixedWidth(_SIDEBAR * size.width())
    edge = QPalette(colors)  # Fusion takes the edge of such a box from its ground
    edge.setColor(role.Window, faint)
    for box in dialog.findChildren(QComboBox):
        box.setIconSize(size)
        box.setPalette(edge)
    details.setColumnHidden(_TYPE, True)
    columns, resize = details.header(), QHeaderView.ResizeMode
    columns.setSectionResizeMode(resize.ResizeToContents)
    columns.setStretchLastSection(False)
    columns.setSectionResizeMode(0, resize.Stretch)


def _places() -> list[Path]:
    """The person's own folders that are there, home first."""
    home = Path(QDir.homePath())
    return list(dict.fromkeys((home, begins(DOCUMENTS), begins(MUSIC))))


def begins(location: QStandardPaths.StandardLocation) -> Path:
    """The person's folder of this sort; their home where there is none."""
    found = Path(QStandardPaths.writableLocation(location))
    return found if found.is_dir() else Path(QDir.homePath())
