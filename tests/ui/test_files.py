"""The dialog for files, as Qt draws it where the system has none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDir, QFileInfo, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeView, QWidget

from sidelight.ui.dialogs.file_signs import FileSigns
from sidelight.ui.dialogs.files import (
    DOCUMENTS,
    MUSIC,
    Choice,
    FileWish,
    ask_for,
    begins,
    file_dialog,
)
from sidelight.ui.theme.stylesheet import stylesheet
from sidelight.ui.theme.tokens import LIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sidelight.ui.theme.theme import Theme


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder, without a list of what its parts are called."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def parent(theme: Theme, qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.setStyleSheet(stylesheet(theme))
    qtbot.addWidget(widget)
    return widget


def test_it_begins_in_a_folder_of_the_person(home: Path, parent: QWidget) -> None:
    assert begins(MUSIC) == home, "there is no folder for music"
    (home / "Music").mkdir()
    assert begins(MUSIC) == home / "Music"
    assert begins(DOCUMENTS) == home
    dialog = file_dialog(parent, FileWish("Sound", Choice.FILES, MUSIC))
    assert dialog.directory() != QDir.current()


def test_what_is_chosen_is_told_and_nothing_where_nothing_is(
    home: Path, parent: QWidget, qtbot: QtBot
) -> None:
    told: list[tuple[Path, ...]] = []
    talk = home / "talk.wav"
    talk.write_bytes(b"")
    for give_up in (True, False):
        ask_for(parent, FileWish("Sound", Choice.FILES, MUSIC), told.append)
        dialog = parent.findChildren(QFileDialog)[-1]
        dialog.setDirectory(str(home))
        dialog.selectFile(str(talk))
        (dialog.reject if give_up else dialog.accept)()
        qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))
    assert told == [(talk,)]


def test_a_new_file_has_its_name_and_ending(home: Path, parent: QWidget) -> None:
    wish = FileWish("Backup", Choice.NEW, name="mine.sidelight")
    dialog = file_dialog(parent, wish)
    dialog.setDirectory(str(home))
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "sidelight"
    assert [one.rpartition("/")[2] for one in dialog.selectedFiles()] == [wish.name]


def test_its_head_can_be_read_and_its_signs_are_ours(
    home: Path, parent: QWidget
) -> None:
    dialog = file_dialog(parent, FileWish("Sound", Choice.FILES, MUSIC))
    dialog.setDirectory(str(home))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    dialog.show()
    details = dialog.findChild(QTreeView, "treeView")
    assert isinstance(details, QTreeView)
    head = details.header()
    assert isinstance(head, QHeaderView)
    ground = head.grab().toImage().pixelColor(head.width() - 2, 2)
    assert ground == QColor(LIGHT.surface)
    dialog.hide()
    signs = FileSigns(QColor(LIGHT.ink))
    folder, file = signs.icon(QFileInfo(str(home))), signs.icon(QFileInfo("a.wav"))
    assert folder.pixmap(32).toImage() != file.pixmap(32).toImage()
