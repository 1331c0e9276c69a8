"""Qt's own messages go to our log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext

_HARMLESS: Final = (
    "This plugin does not support raise()",
    "This plugin does not support propagateSizeHints()",
)
"""Said by the offscreen platform for every window."""

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)


def log_qt_messages() -> None:
    """Send what Qt says to the log instead of stderr."""
    qInstallMessageHandler(_say)


def _say(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    del context
    if text not in _HARMLESS:
        _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
