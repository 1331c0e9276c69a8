"""What tests of the window share."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from sidelight.ui.application import WindowOptions, make_application
from sidelight.ui.theme.theme import Theme, ThemeName

OFFSCREEN_SAYS = "This plugin does not support (raise|propagateSizeHints)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's memory-only platform complains about every window; that is no finding."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100 % on an application that is set up as the real one."""
    del qapp
    _, theme = make_application(WindowOptions(headless=True, theme=ThemeName.LIGHT))
    yield theme
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
