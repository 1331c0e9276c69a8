"""Qt's own few words, and days and numbers, in the language of the window.

Qt's are those of text fields' menus ("Copy", "Select All") and of dialogs that are not
the system's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from sidelight.ui.pseudo import PSEUDO
from sidelight.ui.words import ENGLISH, language

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def speak_as_chosen(application: QCoreApplication) -> None:
    """Have Qt say its own words in the language of the window, if it can.

    Args:
        application: Owns what is installed.
    """
    code = language()
    if code in {ENGLISH, PSEUDO}:
        return
    if QLocale.system().name().partition("_")[0] != code:
        QLocale.setDefault(QLocale(code))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{code}", folder):
        application.installTranslator(translator)
