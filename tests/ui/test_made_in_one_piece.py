"""Home looks the same whether its style sheet came before or after it was made."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sidelight.ui import specimen_home as seen
from sidelight.ui.application import made_in_one_piece
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.theme.theme import Theme


def _home(theme: Theme, qtbot: QtBot, name: str) -> QImage:
    window = HomeWindow(theme)
    qtbot.addWidget(window)
    for news in seen.HOMES[name]:
        window.take(news)
    return window.picture()


@pytest.mark.parametrize("name", ["sessions", "first", "attention"])
def test_home_looks_the_same(
    theme: Theme, qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    sheet = qapp.styleSheet()
    assert sheet
    before = _home(theme, qtbot, name)
    with made_in_one_piece(qapp):
        window = HomeWindow(theme)
        qtbot.addWidget(window)
    assert qapp.styleSheet() == sheet
    for news in seen.HOMES[name]:
        window.take(news)
    assert window.picture() == before
